import { BedrockError } from "@clawrock/conversation";
import { fetchLists } from "./lists/fetch-lists.ts";
import { join } from "./rows/join.ts";
import { listingOf } from "./rows/listing.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

/**
 * Lists what the account can invoke in the session's region: the foundation models with on-demand throughput and the
 * system-defined and application inference profiles, each with its capabilities; and for everything else in those lists the
 * reason why it is left out. If one list fails, the other is given with a warning that names the missing permission.
 *
 * Needs `bedrock:ListFoundationModels` and `bedrock:ListInferenceProfiles`.
 *
 * @throws BedrockError if both lists fail, or for a limit that is no positive whole number; the reason of `signal` if it
 *   aborts.
 */
export async function discoverModels(options: DiscoverModelsOptions): Promise<DiscoveryResult> {
  const { aws, signal, filter, include } = options;
  const defaultContextWindow = positive("defaultContextWindow", options.defaultContextWindow ?? 32_000);
  const defaultMaxTokens = positive("defaultMaxTokens", options.defaultMaxTokens ?? 4_096);
  const timeoutMs = positive("timeoutMs", options.timeoutMs ?? 30_000);

  const { region, models, profiles, warnings } = await fetchLists(aws, timeoutMs, signal);
  const rows = join(listingOf(region, models ?? [], profiles), {
    filter,
    include,
    defaultContextWindow,
    defaultMaxTokens,
  });
  return { ...rows, warnings };
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new BedrockError({
    kind: "invalid-config",
    problem: `The option ${name} is ${value}`,
    fix: "Give a whole number of at least 1",
  });
}
