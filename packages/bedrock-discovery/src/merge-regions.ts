import type { AwsSession } from "@clawrock/aws-auth";
import { toBedrockError } from "@clawrock/conversation";
import { ranked } from "./rows/rank.ts";
import type { DiscoverModelsOptions, DiscoveryResult, DiscoveryWarning } from "./types.ts";

/** The lists of several regions as one; a region that failed is a warning. @throws the first region's error if all failed. */
export function mergeRegions(
  views: readonly AwsSession[],
  settled: readonly PromiseSettledResult<DiscoveryResult>[],
  globalProfiles: DiscoverModelsOptions["globalProfiles"],
): DiscoveryResult {
  const results = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const failures = settled.flatMap((each, at) =>
    each.status === "rejected" ? [failureOf(nameOf(views[at]), each.reason)] : [],
  );
  if (results.length === 0 && failures[0]) throw failures[0].error;
  return {
    models: ranked(
      results.flatMap(({ models }) => models),
      globalProfiles,
    ),
    hidden: results.flatMap(({ hidden }) => hidden),
    warnings: [...failures, ...results.flatMap(({ warnings }) => warnings)],
  };
}

function failureOf(region: string, reason: unknown): DiscoveryWarning {
  const error = toBedrockError(reason, { action: "Listing models", region });
  return { list: undefined, region, message: `Nothing of ${region} is listed: ${error.message}`, error };
}

function nameOf(view: AwsSession | undefined): string {
  try {
    return view?.region.name ?? "";
  } catch {
    return "a region that is none";
  }
}
