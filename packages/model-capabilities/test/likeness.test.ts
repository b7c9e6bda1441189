import { expect, it } from "vitest";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";
import { familyOf } from "../src/rules/index.ts";
import { NAMELESS } from "../src/rules/nameless-family.ts";
import type { FamilyRules } from "../src/rules/traits.ts";
import type { ModelName } from "../src/types.ts";
import { IDS } from "./all-ids.ts";

const LINES = ["opus", "sonnet", "haiku", "fable", "mythos", "instant", "zeta"];
const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 42, 100];
const ENDS = ["", "-v2:0", "-20270101-v1:0", ":0"];

/** Names of Claude models, listed and unlisted, in every shape that has been seen and in some that have not. */
function claudes(): string[] {
  const names = LINES.flatMap((line) =>
    NUMBERS.flatMap((major) => [
      ...[`claude-${line}-${major}`, `claude-${major}-${line}`, `claude-${line}`],
      ...NUMBERS.flatMap((minor) => [`claude-${line}-${major}-${minor}`, `claude-${major}-${minor}-${line}`]),
    ]),
  );
  const others = ["claude", "claude-instant", "claude-v2", "claude-7", "claude-next-big-thing"];
  return [...names, ...others].flatMap((name) => ENDS.map((end) => `anthropic.${name}${end}`));
}

function rulesOf(id: string): { readonly rules: FamilyRules; readonly model: ModelName } | undefined {
  const ref = parseModelRef(id);
  return "model" in ref ? { rules: familyOf(ref.model) ?? NAMELESS, model: ref.model } : undefined;
}

it("models of one likeness have the same traits", () => {
  const names = ["thing", "deep-thinking", "thinking", "a.reasoner-2", "unthinking", "reasoning-1"];
  const unheard = names.map((name) => `newvendor.${name}-v1:0`);
  const alike = new Map<string, { readonly id: string; readonly traits: string }>();
  const differing: string[] = [];
  let compared = 0;
  for (const id of [...IDS, ...claudes(), ...unheard]) {
    const { rules, model } = rulesOf(id) ?? {};
    if (!rules?.likeness || !model) continue;
    const traits = JSON.stringify(rules.traits(model));
    const key = `${rules.family}: ${rules.likeness(model)}`;
    const first = alike.get(key);
    if (!first) alike.set(key, { id, traits });
    else {
      compared += 1;
      if (traits !== first.traits) differing.push(`${id} and ${first.id} are both "${key}"`);
    }
  }
  expect(differing).toEqual([]);
  expect(compared).toBeGreaterThan(3000);
});

it("is the same for every version that no rule speaks of", () => {
  const later = Array.from({ length: 94 }, (_, at) => [`claude-opus-${at + 6}`, `claude-opus-${at + 6}-${at % 13}`]);
  const words = later.flat().map((name) => {
    const { rules, model } = rulesOf(`anthropic.${name}`) ?? {};
    return model && rules?.likeness?.(model);
  });
  expect(new Set(words).size).toBe(1);
});

it("gives a model nobody has seen its own id, and the rest of its likeness", () => {
  const [one, other] = ["anthropic.claude-opus-17-3", "anthropic.claude-opus-88"].map((id) =>
    capabilitiesOf(parseModelRef(id)),
  );
  expect([one?.baseId, other?.baseId]).toEqual(["anthropic.claude-opus-17-3", "anthropic.claude-opus-88"]);
  expect({ ...other, baseId: "" }).toEqual({ ...one, baseId: "" });
  expect(Object.keys(one ?? {})[0]).toBe("baseId");
});
