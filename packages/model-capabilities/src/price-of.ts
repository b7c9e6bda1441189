import type { ModelCapabilities, Rates } from "./types.ts";

/** Tokens of one or more turns, as Bedrock counts them: `input` excludes cached tokens. */
export interface TokenUsage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  /** All tokens written to the cache, whatever their lifetime. */
  readonly cacheWrite?: number | undefined;
  /** Those of `cacheWrite` that live for an hour. */
  readonly cacheWrite1h?: number | undefined;
}

/** USD per bucket. */
export interface Cost {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly total: number;
}

const MILLION = 1_000_000;

/**
 * What the tokens cost in USD, at the standard tier. `undefined` when a rate that the usage needs is not known: no
 * price at all, or cached tokens of a model whose cache rate is unknown. Give one request's usage where the model has
 * long-context rates, which hold for a request.
 */
export function priceOf(capabilities: Pick<ModelCapabilities, "price">, usage: TokenUsage): Cost | undefined {
  const price = capabilities.price?.value;
  if (price === undefined) return undefined;
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = usage;
  const whole = input + cacheRead + cacheWrite;
  const long = price.longContext;
  const rates: Rates = long !== undefined && whole > long.aboveInputTokens ? long : price;
  const read = costOf(cacheRead, rates.cacheRead);
  const write5m = costOf(Math.max(0, cacheWrite - cacheWrite1h), rates.cacheWrite5m);
  const write1h = costOf(cacheWrite1h, rates.cacheWrite1h);
  if (read === undefined || write5m === undefined || write1h === undefined) return undefined;
  const cost = {
    input: (input * rates.input) / MILLION,
    output: (output * rates.output) / MILLION,
    cacheRead: read,
    cacheWrite: write5m + write1h,
  };
  return { ...cost, total: cost.input + cost.output + cost.cacheRead + cost.cacheWrite };
}

function costOf(tokens: number, rate: number | undefined): number | undefined {
  if (tokens === 0) return 0;
  return rate === undefined ? undefined : (tokens * rate) / MILLION;
}
