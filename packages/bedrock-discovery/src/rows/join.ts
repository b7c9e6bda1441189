import type { DiscoveredModel, DiscoverModelsOptions, HiddenModel } from "../types.ts";
import { type CapabilitiesOf, capabilityReader } from "./capabilities.ts";
import type { Listing } from "./listing.ts";
import { modelRow } from "./model-row.ts";
import { ownRow } from "./own-row.ts";
import { elsewhereRows, profileRow } from "./profile-row.ts";
import { type ProviderFilter, providerFilter } from "./provider-filter.ts";

export interface JoinOptions extends Pick<DiscoverModelsOptions, "filter" | "include"> {
  readonly defaultContextWindow: number;
  readonly defaultMaxTokens: number;
}

/** What every row is made with. */
export interface Joining extends JoinOptions {
  readonly listing: Listing;
  readonly passes: ProviderFilter;
  readonly capabilitiesOf: CapabilitiesOf;
}

/** A row, offered or hidden. */
export type Row = { readonly model: DiscoveredModel } | { readonly hidden: HiddenModel };

/** Every model and profile of the lists, either offered or hidden with a reason; each id once. */
export function join(
  listing: Listing,
  options: JoinOptions,
): { readonly models: DiscoveredModel[]; readonly hidden: HiddenModel[] } {
  const joining: Joining = {
    ...{ ...options, listing, passes: providerFilter(options.filter?.providers) },
    capabilitiesOf: capabilityReader(new Date().toISOString().slice(0, 10)),
  };
  const models = new Map<string, DiscoveredModel>();
  const hidden = new Map<string, HiddenModel>();
  const add = (row: Row): void => {
    if ("model" in row) models.set(row.model.id, row.model);
    else hidden.set(row.hidden.id, row.hidden);
  };
  for (const listed of listing.models ?? []) add(modelRow(listed, joining));
  for (const profile of listing.profiles ?? []) add(profileRow(profile, joining));
  for (const own of listing.own) add(ownRow(own, joining));
  for (const row of elsewhereRows(joining)) if (!models.has(row.id) && !hidden.has(row.id)) hidden.set(row.id, row);
  for (const id of models.keys()) hidden.delete(id);
  return { models: [...models.values()], hidden: [...hidden.values()] };
}
