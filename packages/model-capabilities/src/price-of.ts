import type { ModelCapabilities, Rates, ServiceTier } from "./types.ts";

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

/** How the request was billed. */
export interface Billing {
  /** The tier that served the request, `default` if absent: the answer's, where the service names one. */
  readonly tier?: "default" | ServiceTier | undefined;
}

const MILLION = 1_000_000;

/**
 * Rates of the tiers, in proportion to the standard one. Reserved capacity is paid by the hour, not by the token.
 * @see https://github.com/RooCodeInc/Roo-Code for the proportions, which AWS's pages state by model only
 */
const PROPORTION: Readonly<Record<"default" | ServiceTier, number | undefined>> = {
  default: 1,
  flex: 0.5,
  priority: 1.75,
  reserved: undefined,
};

/**
 * What the tokens cost in USD. `undefined` when a rate that the usage needs is not known: no price at all, cached
 * tokens of a model whose cache rate is unknown, or a tier that the model is not known to have. Give one request's usage
 * where the model has long-context rates, which hold for a request.
 */
export function priceOf(
  capabilities: Pick<ModelCapabilities, "price" | "serviceTiers">,
  usage: TokenUsage,
  { tier = "default" }: Billing = {},
): Cost | undefined {
  const price = capabilities.price?.value;
  const proportion = PROPORTION[tier];
  if (price === undefined || proportion === undefined) return undefined;
  if (tier !== "default" && capabilities.serviceTiers?.value.includes(tier) !== true) return undefined;
  const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } = usage;
  const whole = input + cacheRead + cacheWrite;
  const long = price.longContext;
  const rates: Rates = long !== undefined && whole > long.aboveInputTokens ? long : price;
  const read = costOf(cacheRead, rates.cacheRead, proportion);
  const write5m = costOf(Math.max(0, cacheWrite - cacheWrite1h), rates.cacheWrite5m, proportion);
  const write1h = costOf(cacheWrite1h, rates.cacheWrite1h, proportion);
  if (read === undefined || write5m === undefined || write1h === undefined) return undefined;
  const cost = {
    input: (input * rates.input * proportion) / MILLION,
    output: (output * rates.output * proportion) / MILLION,
    cacheRead: read,
    cacheWrite: write5m + write1h,
  };
  return { ...cost, total: cost.input + cost.output + cost.cacheRead + cost.cacheWrite };
}

function costOf(tokens: number, rate: number | undefined, proportion: number): number | undefined {
  if (tokens === 0) return 0;
  return rate === undefined ? undefined : (tokens * rate * proportion) / MILLION;
}
