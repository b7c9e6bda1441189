import { parseModelRef } from "@clawrock/model-capabilities";
import type { ListedModel } from "../lists/list-foundation-models.ts";
import type { ListedProfile } from "../lists/list-inference-profiles.ts";
import type { DiscoveredModel, DiscoverModelsOptions, HiddenModel, ModelInvocation } from "../types.ts";
import { listedCapabilities } from "./capabilities.ts";
import { baseOf, type Listing, vendorOf } from "./listing.ts";
import { type ProviderFilter, providerFilter } from "./provider-filter.ts";
import { aliasOf, type Verdict, whyNotBare, whyUnfit } from "./why-hidden.ts";

export interface JoinOptions extends Pick<DiscoverModelsOptions, "filter" | "include"> {
  readonly defaultContextWindow: number;
  readonly defaultMaxTokens: number;
}

type Row = { readonly model: DiscoveredModel } | { readonly hidden: HiddenModel };

/** Every model and profile of the lists, either offered or hidden with a reason; each id once. */
export function join(
  listing: Listing,
  options: JoinOptions,
): { readonly models: DiscoveredModel[]; readonly hidden: HiddenModel[] } {
  const passes = providerFilter(options.filter?.providers);
  const models = new Map<string, DiscoveredModel>();
  const hidden = new Map<string, HiddenModel>();
  const rows = [
    ...listing.models.map((listed) => modelRow(listed, listing, options, passes)),
    ...(listing.profiles ?? []).map((profile) => profileRow(profile, listing, options, passes)),
  ];
  for (const row of rows) {
    if ("model" in row) models.set(row.model.id, row.model);
    else hidden.set(row.hidden.id, row.hidden);
  }
  for (const id of models.keys()) hidden.delete(id);
  return { models: [...models.values()].sort(byRank), hidden: [...hidden.values()] };
}

function modelRow(listed: ListedModel, listing: Listing, options: JoinOptions, passes: ProviderFilter): Row {
  const id = listed.modelId;
  const provider = listed.providerName?.trim() || vendorOf(id) || "unknown";
  const about = { id, name: listed.modelName?.trim() || id, provider };
  const verdict =
    (passes([provider, vendorOf(id)]) ? undefined : filteredOut(provider)) ??
    aliasOf(listed, listing) ??
    whyUnfit(listed, options.include) ??
    whyNotBare(listed, listing);
  if (verdict) return { hidden: { ...about, ...verdict } };
  const capabilities = listedCapabilities(parseModelRef(id), listed);
  return { model: { ...about, ...described(listing, baseOf(id), { kind: "on-demand" }, capabilities, options) } };
}

function profileRow(profile: ListedProfile, listing: Listing, options: JoinOptions, passes: ProviderFilter): Row {
  const { type, arn, modelArns } = profile;
  const [first] = modelArns;
  // The id of an application profile says nothing, whatever it looks like; that of a system-defined one says all.
  const own = parseModelRef(profile.id);
  const ref = type === "SYSTEM_DEFINED" && own.kind === "inference-profile" ? own : parseModelRef(first ?? profile.arn);
  const base =
    (first === undefined ? undefined : baseOf(first)) ?? (type === "SYSTEM_DEFINED" ? baseOf(profile.id) : undefined);
  const listed = listing.modelOf(base);
  const backing = modelArns.map((each) => listing.modelOf(baseOf(each))?.providerName);
  const vendors = [...modelArns, ...(base === undefined ? [] : [base])].map(vendorOf);
  const provider = listed?.providerName?.trim() || vendors.find((vendor) => vendor !== undefined) || "unknown";

  const about = { id: type === "APPLICATION" ? arn : profile.id, name: profile.name, provider };
  const capabilities = listedCapabilities(ref, listed);
  const verdict =
    (passes([provider, ...backing, ...vendors]) ? undefined : filteredOut(provider)) ??
    (profile.active ? undefined : INACTIVE) ??
    (listed ? whyUnfit(listed, options.include) : unfitByRule(capabilities.output.value, options.include));
  if (verdict) return { hidden: { ...about, ...verdict } };
  const invocation = { kind: "inference-profile", type, arn, destinationRegions: regionsOf(modelArns) } as const;
  return { model: { ...about, ...described(listing, base, invocation, capabilities, options) } };
}

function described(
  { region }: Listing,
  baseModelId: string | undefined,
  invocation: ModelInvocation,
  capabilities: DiscoveredModel["capabilities"],
  { defaultContextWindow, defaultMaxTokens }: JoinOptions,
): Omit<DiscoveredModel, "id" | "name" | "provider"> {
  return {
    region,
    invocation,
    baseModelId,
    capabilities,
    contextWindow: capabilities.contextWindow?.value ?? defaultContextWindow,
    maxOutputTokens: capabilities.maxOutputTokens?.value ?? defaultMaxTokens,
  };
}

const INACTIVE: Verdict = { reason: "not invocable", detail: "The profile is not active." };

function filteredOut(provider: string): Verdict {
  return { reason: "filtered", detail: `The provider ${provider} is not in the filter.` };
}

/** For a profile whose model is not in the list of this region: what the rules of its family say. */
function unfitByRule(output: readonly string[], include: JoinOptions["include"] = []): Verdict | undefined {
  if (output.includes("text")) return undefined;
  if (!output.includes("embedding")) return { reason: "no text output", detail: `It makes ${output.join(", ")}.` };
  if (include.includes("embeddings")) return undefined;
  return { reason: "embeddings", detail: "It makes vectors, not text: use it with an embedder." };
}

/** The regions behind a profile. An ARN without a region stands for all of them. */
function regionsOf(modelArns: readonly string[]): string[] {
  const regions = modelArns.flatMap((each) => {
    const ref = parseModelRef(each);
    return "arn" in ref && ref.arn ? [ref.arn.region || "*"] : [];
  });
  return regions.includes("*") ? ["*"] : [...new Set(regions)].sort();
}

function byRank(a: DiscoveredModel, b: DiscoveredModel): number {
  return rank(a) - rank(b) || a.name.localeCompare(b.name, "en") || a.id.localeCompare(b.id, "en");
}

function rank({ id }: DiscoveredModel): number {
  const ref = parseModelRef(id);
  return ref.kind === "inference-profile" && ref.geography === "global" ? 0 : 1;
}
