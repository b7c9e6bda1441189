import type { AwsSession } from "@clawrock/aws-auth";
import type { CheckedOptions } from "./check-options.ts";
import { fetchLists } from "./lists/fetch-lists.ts";
import { join } from "./rows/join.ts";
import { listingOf } from "./rows/listing.ts";
import { ranked } from "./rows/rank.ts";
import type { DiscoveryResult } from "./types.ts";

/** The models of the session's region. @throws as `discoverModels`. */
export async function discoverRegion(
  aws: AwsSession,
  options: CheckedOptions,
  signal: AbortSignal | undefined,
): Promise<DiscoveryResult> {
  const { warnings, ...lists } = await fetchLists(aws, { ...options, signal });
  const { models, hidden } = join(listingOf(lists), options);
  return { models: ranked(models, options.globalProfiles), hidden, warnings };
}
