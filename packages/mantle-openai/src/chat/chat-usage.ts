import { emptyUsage, type Usage } from "@clawrock/conversation";
import { type ModelCapabilities, priceOf } from "@clawrock/model-capabilities";
import type { ChatUsage } from "./chat-chunk.ts";

/** Usage in our buckets: `prompt_tokens` includes what was read from the cache, our `input` does not. */
export function chatUsage(tokens: ChatUsage, capabilities: ModelCapabilities): Usage {
  const { promptTokens, completionTokens, cachedTokens, totalTokens } = tokens;
  const buckets = { input: promptTokens - cachedTokens, output: completionTokens, cacheRead: cachedTokens };
  const cost = priceOf(capabilities, buckets);
  return {
    ...buckets,
    cacheWrite: 0,
    totalTokens,
    cost: cost ?? emptyUsage().cost,
    priceKnown: cost !== undefined,
  };
}
