import { emptyUsage, type Usage } from "@clawrock/conversation";
import { type ModelCapabilities, priceOf } from "@clawrock/model-capabilities";
import type { TokenUsage } from "./converse-events.ts";

/**
 * Converse's usage in the conversation's buckets, priced. `inputTokens` excludes cache reads and writes; models whose
 * reported total is lower than the sum of the buckets are given the sum.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 */
export function usageOf(reported: TokenUsage | undefined, capabilities: ModelCapabilities): Usage {
  if (!reported) return emptyUsage();
  const tokens = {
    input: reported.inputTokens ?? 0,
    output: reported.outputTokens ?? 0,
    cacheRead: reported.cacheReadInputTokens ?? 0,
    cacheWrite: reported.cacheWriteInputTokens ?? 0,
  };
  const hourly = reported.cacheDetails?.filter(({ ttl }) => ttl === "1h") ?? [];
  const cacheWrite1h = hourly.reduce((sum, { inputTokens = 0 }) => sum + inputTokens, 0);
  const sum = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
  const counted = cacheWrite1h > 0 ? { ...tokens, cacheWrite1h } : tokens;
  const cost = priceOf(capabilities, counted);
  return {
    ...counted,
    totalTokens: Math.max(reported.totalTokens ?? 0, sum),
    cost: cost ?? emptyUsage().cost,
    priceKnown: cost !== undefined,
  };
}
