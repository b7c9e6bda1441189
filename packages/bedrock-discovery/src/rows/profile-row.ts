import type { ListedProfile } from "../lists/list-inference-profiles.ts";
import type { HiddenModel } from "../types.ts";
import type { Joining, Row } from "./join.ts";
import type { Listing } from "./listing.ts";
import type { ReadId } from "./reader.ts";
import { filteredOut, hiddenRow, offeredRow } from "./row.ts";
import { elsewhere, unfitByRule, type Verdict, whyUnfit } from "./why-hidden.ts";

const INACTIVE: Verdict = { reason: "not invocable", detail: "The profile is not active." };

/** An inference profile, with the record of the model behind it. */
export function profileRow(profile: ListedProfile, joining: Joining): Row {
  const { listing, passes, include, capabilitiesOf } = joining;
  const { type, arn, modelArns } = profile;
  const targets = modelArns.map(listing.read);
  const { ref, base } = behind(profile, targets, listing);
  const listed = listing.modelOf(base);
  const backing = targets.map((target) => listing.modelOf(target.base)?.provider);
  const vendors = [...targets.map(({ vendor }) => vendor), base === undefined ? undefined : listing.read(base).vendor];
  const provider = listed?.provider ?? vendors.find((vendor) => vendor !== undefined) ?? "unknown";

  const about = { id: type === "APPLICATION" ? arn : profile.id, name: profile.name, provider };
  if (!passes([provider, ...backing, ...vendors])) return hiddenRow(about, joining, filteredOut(provider));
  if (!profile.active) return hiddenRow(about, joining, INACTIVE);
  const capabilities = capabilitiesOf(ref, listed);
  const verdict = listed ? whyUnfit(listed, include) : unfitByRule(capabilities.output.value, include);
  if (verdict) return hiddenRow(about, joining, verdict);
  const geography = type === "SYSTEM_DEFINED" && ref.kind === "inference-profile" ? ref.geography : undefined;
  const destinationRegions = regionsOf(targets);
  return offeredRow(about, joining, {
    invocation: { kind: "inference-profile", type, arn, geography, destinationRegions },
    baseModelId: base,
    capabilities,
  });
}

/** The models that active system-defined profiles lead to and that this region does not list. */
export function elsewhereRows({ listing, passes }: Joining): HiddenModel[] {
  if (!listing.models) return [];
  const regions = new Map<string, ReadId[]>();
  for (const { type, active, modelArns } of listing.profiles ?? []) {
    if (type !== "SYSTEM_DEFINED" || !active) continue;
    for (const target of modelArns.map(listing.read)) {
      if (target.base === undefined || listing.modelOf(target.base)) continue;
      regions.set(target.base, [...(regions.get(target.base) ?? []), target]);
    }
  }
  return [...regions].map(([id, targets]) => {
    const provider = listing.read(id).vendor ?? "unknown";
    const verdict = passes([provider]) ? elsewhere(id, regionsOf(targets), listing) : filteredOut(provider);
    return { id, name: id, provider, region: listing.region, ...verdict };
  });
}

/**
 * The model behind a profile. The id of an application profile says nothing, whatever it looks like; that of a system-defined
 * one says all.
 */
function behind(
  { type, id, arn }: ListedProfile,
  [first]: readonly ReadId[],
  { read }: Listing,
): Pick<ReadId, "ref" | "base"> {
  if (type === "APPLICATION") return first ?? read(arn);
  const own = read(id);
  const ref = own.ref.kind === "inference-profile" ? own.ref : (first ?? read(arn)).ref;
  return { ref, base: first?.base ?? own.base };
}

/** The regions behind a profile. An ARN without a region stands for all of them. */
function regionsOf(targets: readonly ReadId[]): string[] {
  const regions = new Set(targets.flatMap(({ region }) => region ?? []));
  return regions.has("*") ? ["*"] : [...regions].sort();
}
