import { emptyUsage, type Usage } from "@clawrock/conversation";
import { type ModelCapabilities, priceOf, type ServiceTier } from "@clawrock/model-capabilities";
import type { TokenUsage } from "./converse-events.ts";

/**
 * Converse's usage in the conversation's buckets, priced. `inputTokens` excludes cache reads and writes; models whose
 * reported total is lower than the sum of the buckets are given the sum. What is no count is none.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 *
 * @param tier - the one that served the request, as the answer names it
 */
export function usageOf(reported: TokenUsage | undefined, capabilities: ModelCapabilities, tier?: unknown): Usage {
  if (!reported) return emptyUsage();
  const tokens = {
    input: count(reported.inputTokens),
    output: count(reported.outputTokens),
    cacheRead: count(reported.cacheReadInputTokens),
    cacheWrite: count(reported.cacheWriteInputTokens),
  };
  const details = Array.isArray(reported.cacheDetails) ? reported.cacheDetails : [];
  const hourly = details
    .filter((detail) => detail?.ttl === "1h")
    .reduce((sum, detail) => sum + count(detail.inputTokens), 0);
  const cacheWrite1h = Math.min(hourly, tokens.cacheWrite);
  const sum = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
  const counted = cacheWrite1h > 0 ? { ...tokens, cacheWrite1h } : tokens;
  const cost = priceOf(capabilities, counted, isTier(tier) ? { tier } : {});
  return {
    ...counted,
    totalTokens: Math.max(count(reported.totalTokens), sum),
    cost: cost ?? emptyUsage().cost,
    priceKnown: cost !== undefined,
  };
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}

function isTier(tier: unknown): tier is "default" | ServiceTier {
  return tier === "default" || tier === "flex" || tier === "priority" || tier === "reserved";
}
