import type { DiscoveredModel, DiscoverModelsOptions } from "../types.ts";

const NAMES = new Intl.Collator("en");

/** Models in the order of a list: profiles over all regions first or last, then by name, id and the given order of regions. */
export function ranked(
  models: readonly DiscoveredModel[],
  globalProfiles: DiscoverModelsOptions["globalProfiles"] = "first",
): DiscoveredModel[] {
  const global = models.filter(isGlobal).sort(byName);
  const others = models.filter((model) => !isGlobal(model)).sort(byName);
  return globalProfiles === "last" ? [...others, ...global] : [...global, ...others];
}

function byName(one: DiscoveredModel, other: DiscoveredModel): number {
  return NAMES.compare(one.name, other.name) || NAMES.compare(one.id, other.id);
}

function isGlobal({ invocation }: DiscoveredModel): boolean {
  return invocation.kind === "inference-profile" && invocation.geography === "global";
}
