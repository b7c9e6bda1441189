import { viewsOf } from "./regions.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

/**
 * Lists what the account can invoke in the session's region, or in several: the foundation models with on-demand throughput and
 * the system-defined and application inference profiles, each with its capabilities; and for everything else in those lists the
 * reason why it is left out. If a list fails, the others are given with a warning that names the missing permission.
 *
 * Needs `bedrock:ListFoundationModels` and `bedrock:ListInferenceProfiles`.
 *
 * @throws BedrockError if both lists fail in every region, or for an option out of range; the reason of `signal` if it aborts.
 */
export async function discoverModels(options: DiscoverModelsOptions): Promise<DiscoveryResult> {
  const { discover } = await import("./discover.ts");
  return discover(options, viewsOf(options));
}
