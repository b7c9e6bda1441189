import type { AwsSession } from "@clawrock/aws-auth";
import { checkOptions } from "./check-options.ts";
import { discoverRegion } from "./discover-region.ts";
import { partsOf } from "./kept/parts-of.ts";
import { mergeRegions } from "./merge-regions.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

export { partsOf };

/** What `discoverModels` does; a module of its own, so that a list from the cache loads none of this. */
export async function discover(
  options: Omit<DiscoverModelsOptions, "aws" | "regions">,
  views: readonly AwsSession[],
): Promise<DiscoveryResult> {
  const { signal, globalProfiles } = options;
  const checked = checkOptions(options);
  const [only] = views;
  if (only && views.length === 1) return discoverRegion(only, checked, signal);
  const settled = await Promise.allSettled(views.map((aws) => discoverRegion(aws, checked, signal)));
  signal?.throwIfAborted();
  return mergeRegions(views, settled, globalProfiles);
}
