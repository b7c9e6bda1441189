import type { AwsSession } from "@clawrock/aws-auth";
import type { CacheAnswer, Freshness } from "@clawrock/discovery-cache";
import { mergeRegions } from "./merge-regions.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

/** From best to worst. */
const FRESHNESS: readonly Freshness[] = ["loaded", "fresh", "stale", "last-good"];

/** The cached lists of several regions as one: as old as the oldest, as fresh as the worst. */
export function mergeAnswers(
  views: readonly AwsSession[],
  answers: readonly PromiseSettledResult<CacheAnswer<DiscoveryResult>>[],
  globalProfiles: DiscoverModelsOptions["globalProfiles"],
): CacheAnswer<DiscoveryResult> {
  const settled = answers.map((answer) =>
    answer.status === "fulfilled" ? { status: answer.status, value: answer.value.value } : answer,
  );
  const value = mergeRegions(views, settled, globalProfiles);
  const known = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const error = known.find((each) => each.error)?.error;
  const worst = Math.max(...known.map(({ freshness }) => FRESHNESS.indexOf(freshness)));
  return {
    value,
    fetchedAt: Math.min(...known.map(({ fetchedAt }) => fetchedAt)),
    freshness: FRESHNESS[worst] ?? "loaded",
    ...(error && { error }),
  };
}
