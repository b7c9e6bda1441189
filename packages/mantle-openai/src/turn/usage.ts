import { emptyUsage, type Usage } from "@clawrock/conversation";
import { type ModelCapabilities, priceOf } from "@clawrock/model-capabilities";

/** Tokens in buckets that do not overlap. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWrite1h?: number;
}

/** Tokens with their cost; the total is the service's own where that is larger than the sum. */
export function pricedUsage(tokens: Tokens, capabilities: ModelCapabilities, total = 0): Usage {
  const sum = tokens.input + tokens.output + tokens.cacheRead + tokens.cacheWrite;
  const cost = priceOf(capabilities, tokens);
  return {
    ...tokens,
    totalTokens: Math.max(total, sum),
    cost: cost ?? emptyUsage().cost,
    priceKnown: cost !== undefined,
  };
}
