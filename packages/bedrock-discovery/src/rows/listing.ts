import { baseModelId, parseModelRef } from "@clawrock/model-capabilities";
import type { ListedModel } from "../lists/list-foundation-models.ts";
import type { ListedProfile } from "../lists/list-inference-profiles.ts";

/** Both lists, with what is asked of them for every row. */
export interface Listing {
  readonly region: string;
  readonly models: readonly ListedModel[];
  /** Undefined if they could not be listed. */
  readonly profiles: readonly ListedProfile[] | undefined;
  /** The listed model of a base id: the one without a context suffix, where there is one. */
  modelOf(baseId: string | undefined): ListedModel | undefined;
  /** What to send instead of a base id: its active system-defined profiles, else the application profiles. */
  profilesOf(baseId: string | undefined): readonly string[];
}

export function listingOf(
  region: string,
  models: readonly ListedModel[],
  profiles: readonly ListedProfile[] | undefined,
): Listing {
  const modelByBase = new Map<string, ListedModel>();
  for (const model of models) {
    const base = baseOf(model.modelId);
    if (base !== undefined && (!modelByBase.has(base) || !hasSuffix(model.modelId))) modelByBase.set(base, model);
  }
  const systemByBase = new Map<string, string[]>();
  const applicationByBase = new Map<string, string[]>();
  for (const { type, id, arn, active, modelArns } of profiles ?? []) {
    const [byBase, sent] = type === "APPLICATION" ? [applicationByBase, arn] : [systemByBase, id];
    // An application profile may have any name, also one that looks like a model's.
    const ids = type === "APPLICATION" ? modelArns : [...modelArns, id];
    for (const base of new Set(ids.map(baseOf))) {
      if (base !== undefined && active) byBase.set(base, [...(byBase.get(base) ?? []), sent]);
    }
  }
  return {
    region,
    models,
    profiles,
    modelOf: (base) => (base === undefined ? undefined : modelByBase.get(base)),
    profilesOf: (base) => (base === undefined ? [] : (systemByBase.get(base) ?? applicationByBase.get(base) ?? [])),
  };
}

/** The base id of a model id, profile id or ARN. */
export function baseOf(id: string): string | undefined {
  return baseModelId(parseModelRef(id));
}

/** Whether an id carries a context or throughput suffix: `:200k`, `:mm`. */
export function hasSuffix(id: string): boolean {
  const ref = parseModelRef(id);
  return ref.kind === "foundation-model" && ref.model.suffix !== undefined;
}

/** The vendor in an id, `anthropic`. */
export function vendorOf(id: string): string | undefined {
  const ref = parseModelRef(id);
  return ref.kind === "foundation-model" || ref.kind === "inference-profile" ? ref.model.vendor : undefined;
}
