import { factKeys } from "../../src/facts/fact-key.ts";
import { modelNameOf } from "../../src/parse/format-model-ref.ts";
import { parseModelRef } from "../../src/parse/parse-model-ref.ts";
import { familyOf } from "../../src/rules/index.ts";
import type { ModelName } from "../../src/types.ts";

/** One spelling of a model in the tables. */
export interface Member {
  readonly id: string;
  /** Empty for the bare id. */
  readonly geography: string;
  /** 1 where the id tells none. */
  readonly major: number;
}

/** Ids that tables carry though no such model exists or can be invoked any more. */
const GHOSTS: readonly RegExp[] = [
  /claude-3-7-sonnet-20240620/,
  /^anthropic\.claude-v[12]/,
  /^ai21\.j2-/,
  /^meta\.llama2-/,
];

/** Gathers the ids of all tables by fact key; models that neither write text nor embed are left out. */
export function groupIds(ids: Iterable<string>): ReadonlyMap<string, readonly Member[]> {
  const majors = new Map<string, Set<string>>();
  const known: { readonly member: Member; readonly keys: readonly [string, string]; readonly major: string }[] = [];
  for (const id of new Set(ids)) {
    const ref = parseModelRef(id);
    const model = modelNameOf(ref);
    if (model === undefined || model.suffix !== undefined) continue;
    if (GHOSTS.some((ghost) => ghost.test(id)) || !counts(model)) continue;
    const keys = factKeys(model);
    const major = String(model.version?.major ?? "");
    const seen = majors.get(keys[1]) ?? new Set();
    if (major !== "") seen.add(major);
    majors.set(keys[1], seen);
    known.push({
      member: {
        id,
        geography: ref.kind === "inference-profile" ? ref.geography : "",
        major: model.version?.major ?? 1,
      },
      keys,
      major,
    });
  }
  const groups = new Map<string, Member[]>();
  for (const { member, keys } of known) {
    const key = (majors.get(keys[1])?.size ?? 0) > 1 ? keys[0] : keys[1];
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return groups;
}

function counts(model: ModelName): boolean {
  const output = familyOf(model)?.traits(model).output?.value ?? ["text"];
  return output.includes("text") ? !output.includes("speech") : output.includes("embedding");
}
