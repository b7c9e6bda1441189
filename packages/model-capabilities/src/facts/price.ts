import type { Known, Price, Rates } from "../types.ts";
import type { FactOverride } from "./overrides.ts";
import { fromDecision, fromSource } from "./provenance.ts";
import type { FactRow, LongContextRow, PriceRow } from "./types.ts";

/** The price of a geography, decided by hand or by a table. */
export function priceFacts(
  row: FactRow,
  override: FactOverride | undefined,
  geography: string,
): Known<Price> | undefined {
  if (override?.price === null || row.price === undefined) return undefined;
  const found = find(row.price, geography);
  if (found === undefined) return undefined;
  const { 0: source, 1: input, 2: output, 3: read, 4: write5m, 5: write1h } = found.row;
  const listed: Rates = {
    input,
    output,
    ...(typeof read === "number" ? { cacheRead: read } : undefined),
    ...(typeof write5m === "number" ? { cacheWrite5m: write5m } : undefined),
    ...(typeof write1h === "number" ? { cacheWrite1h: write1h } : undefined),
  };
  const decided = override?.price?.[found.geography];
  const rates = decided === undefined ? listed : scaled(listed, decided);
  return {
    value: row.long === undefined ? rates : { ...rates, longContext: longContext(rates, row.long) },
    provenance:
      found.geography === geography
        ? decided === undefined || override === undefined
          ? fromSource(source)
          : fromDecision(override)
        : { from: "rule", rule: `priced as the ${found.geography || "bare"} id`, assumed: true },
  };
}

/** Rates decided by hand; those of the cache in proportion to the input. */
function scaled(listed: Rates, [input, output]: readonly [number, number]): Rates {
  const scale = input / listed.input;
  const { cacheRead, cacheWrite5m, cacheWrite1h } = listed;
  return {
    input,
    output,
    ...(cacheRead === undefined ? undefined : { cacheRead: round(cacheRead * scale) }),
    ...(cacheWrite5m === undefined ? undefined : { cacheWrite5m: round(cacheWrite5m * scale) }),
    ...(cacheWrite1h === undefined ? undefined : { cacheWrite1h: round(cacheWrite1h * scale) }),
  };
}

/**
 * Adds the rate of an hour in the cache, which AWS sets at twice the input rate, where a table left it out.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function withHourlyWrites(price: Price): Price {
  const { longContext, ...rates } = price;
  const hourly = (one: Rates): Rates =>
    one.cacheWrite5m === undefined || one.cacheWrite1h !== undefined
      ? one
      : { ...one, cacheWrite1h: round(one.input * 2) };
  return longContext === undefined
    ? hourly(rates)
    : { ...hourly(rates), longContext: { aboveInputTokens: longContext.aboveInputTokens, ...hourly(longContext) } };
}

/**
 * The rates of a geography. One the tables do not list has those of the regional profiles, as AWS charges one rate for
 * all of them but in GovCloud; a bare id without its own has those of the US profile, or of the only one.
 */
function find(
  price: Readonly<Record<string, PriceRow>>,
  geography: string,
): { readonly geography: string; readonly row: PriceRow } | undefined {
  const wanted = geography === "us-gov" || geography === "global" ? [geography] : [geography, "us", ""];
  for (const name of wanted) {
    for (const names in price) {
      const row = price[names];
      if (row !== undefined && names.split(",").includes(name)) return { geography: name, row };
    }
  }
  return undefined;
}

function longContext(
  rates: Rates,
  [above, input, output, read, write]: LongContextRow,
): NonNullable<Price["longContext"]> {
  return {
    aboveInputTokens: above,
    input: round(rates.input * input),
    output: round(rates.output * output),
    ...(rates.cacheRead === undefined ? {} : { cacheRead: round(rates.cacheRead * read) }),
    ...(rates.cacheWrite5m === undefined ? {} : { cacheWrite5m: round(rates.cacheWrite5m * write) }),
    ...(rates.cacheWrite1h === undefined ? {} : { cacheWrite1h: round(rates.cacheWrite1h * write) }),
  };
}

/** Rates have at most eight digits; anything beyond is dust of binary fractions. */
function round(rate: number): number {
  return Number(rate.toPrecision(8));
}
