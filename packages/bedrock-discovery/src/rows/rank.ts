import type { DiscoveredModel, DiscoverModelsOptions } from "../types.ts";

const NAMES = new Intl.Collator("en");

/** Models in the order of a list: profiles over all regions first or last, then by name, id and the given order of regions. */
export function ranked(
  models: readonly DiscoveredModel[],
  globalProfiles: DiscoverModelsOptions["globalProfiles"] = "first",
): DiscoveredModel[] {
  const worldwide = globalProfiles === "last" ? 1 : -1;
  return models
    .map((model) => ({ model, rank: isGlobal(model) ? worldwide : 0 }))
    .sort(
      (one, other) =>
        one.rank - other.rank ||
        NAMES.compare(one.model.name, other.model.name) ||
        NAMES.compare(one.model.id, other.model.id),
    )
    .map(({ model }) => model);
}

function isGlobal({ invocation }: DiscoveredModel): boolean {
  return invocation.kind === "inference-profile" && invocation.geography === "global";
}
