import { FACT_OVERRIDES } from "../../src/facts/overrides.ts";
import type { FactRow, LongContextRow, PriceRow, Sourced } from "../../src/facts/types.ts";
import type { Member } from "./group.ts";
import { tidy } from "./json.ts";
import type { Rates, Table, TableRow } from "./tables.ts";

/** The tables by role, and their place in `SOURCES`. */
export interface Tables {
  readonly card: Table;
  readonly litellm: Table;
  readonly piAi: Table;
  readonly modelsDev: Table;
}

export const SOURCE_ORDER: readonly (keyof Tables)[] = ["card", "litellm", "piAi", "modelsDev"];

/**
 * The rule for disagreements.
 * Limits: pi-ai, which is newest; then AWS's card, which rounds and understates; then LiteLLM; then models.dev. A card's
 * figure within 5 % of LiteLLM's is a rounding of it, and LiteLLM's stands.
 * Prices: LiteLLM, which follows AWS's geographies; then pi-ai; then models.dev. A bucket the first lacks is taken from
 * the next in proportion to the input rate. Tiers and lifecycle: the card. Long-context rates: pi-ai.
 * Anything else is a decision of ours and stands in src/facts/overrides.ts.
 */
const LIMITS: readonly (keyof Tables)[] = ["piAi", "card", "litellm", "modelsDev"];
const PRICES: readonly (keyof Tables)[] = ["litellm", "piAi", "modelsDev"];

/** Decides one model's row; what the tables disagree about and no override settles is told to `note`. */
export function decide(key: string, members: readonly Member[], tables: Tables, note: (line: string) => void): FactRow {
  const ranked = [...members].sort(
    (a, b) =>
      Number(a.geography !== "") - Number(b.geography !== "") ||
      count(b, tables) - count(a, tables) ||
      (a.id < b.id ? -1 : 1),
  );
  const find = <T>(table: keyof Tables, field: (row: TableRow) => T | undefined): T | undefined =>
    ranked
      .map((member) => tables[table].get(member.id))
      .map((row) => (row === undefined ? undefined : field(row)))
      .find((value) => value !== undefined);
  const name = find("piAi", plainName) ?? find("card", plainName) ?? find("modelsDev", plainName);
  const override = FACT_OVERRIDES[key];
  const context = limit(
    find,
    (row) => row.context,
    (line) => override?.contextWindow ?? note(`${key} context: ${line}`),
  );
  const maxOutput = limit(
    find,
    (row) => row.maxOutput,
    (line) => override?.maxOutputTokens ?? note(`${key} maxOutput: ${line}`),
  );
  const major = Math.max(1, ...members.map((member) => member.major));
  const tiers = find("card", (row) => row.tiers);
  const lifecycle = find("card", (row) => row.lifecycle);
  const card = SOURCE_ORDER.indexOf("card");
  return {
    ...(name === undefined ? {} : { name }),
    ...(major > 1 ? { major } : {}),
    ...(context === undefined ? {} : { context }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
    ...(tiers === undefined ? {} : { tiers: [tiers, card] }),
    ...(lifecycle === undefined ? {} : { lifecycle: [lifecycle, card] }),
    ...prices(ranked, tables, (line) => override?.price === undefined && note(`${key} price ${line}`)),
    ...longContext(
      find("piAi", (row) => row),
      key,
      note,
    ),
  };
}

function plainName(row: TableRow): string | undefined {
  return row.name?.replace(/^(Amazon|Anthropic|Meta) /, "").replace(/ \((US|EU|AU|JP|APAC|Global|IN)\)$/i, "");
}

function count(member: Member, tables: Tables): number {
  return SOURCE_ORDER.filter((source) => tables[source].has(member.id)).length;
}

type Find = <T>(table: keyof Tables, field: (row: TableRow) => T | undefined) => T | undefined;

function limit(
  find: Find,
  field: (row: TableRow) => number | undefined,
  note: (line: string) => void,
): Sourced | undefined {
  const found = LIMITS.flatMap((table) => {
    const value = find(table, field);
    return value === undefined ? [] : [{ table, value }];
  });
  let [chosen] = found;
  const exact = found.find((one) => one.table === "litellm");
  if (chosen?.table === "card" && exact !== undefined && isClose(chosen.value, exact.value)) chosen = exact;
  if (chosen === undefined) return undefined;
  const { table, value } = chosen;
  if (found.some((one) => !isClose(one.value, value))) {
    note(`${found.map((one) => `${one.table} ${one.value}`).join(", ")}; decided ${table}`);
  }
  return [value, SOURCE_ORDER.indexOf(table)];
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 0.05 * Math.max(a, b);
}

function prices(ranked: readonly Member[], tables: Tables, note: (line: string) => void): Pick<FactRow, "price"> {
  const byGeography = new Map<string, PriceRow>();
  for (const { id, geography } of ranked) {
    if (byGeography.has(geography)) continue;
    const found = PRICES.flatMap((table) => {
      const rates = tables[table].get(id)?.rates;
      return rates === undefined ? [] : [{ table, rates }];
    });
    const [first, ...others] = found;
    if (first === undefined) continue;
    if (others.some((one) => one.rates.input !== first.rates.input || one.rates.output !== first.rates.output)) {
      note(
        `${id}: ${found.map((one) => `${one.table} ${one.rates.input}/${one.rates.output}`).join(", ")}; decided ${first.table}`,
      );
    }
    const bucket = (name: "cacheRead" | "cacheWrite5m" | "cacheWrite1h"): number | null => {
      const holder = found.find((one) => one.rates[name] !== undefined);
      const rate = holder?.rates[name];
      return holder === undefined || rate === undefined ? null : tidy((rate * first.rates.input) / holder.rates.input);
    };
    byGeography.set(geography, priceRow(SOURCE_ORDER.indexOf(first.table), first.rates, bucket));
  }
  return byGeography.size === 0 ? {} : { price: joinEqual(byGeography) };
}

function priceRow(
  source: number,
  rates: Rates,
  bucket: (name: "cacheRead" | "cacheWrite5m" | "cacheWrite1h") => number | null,
): PriceRow {
  const [read, write5m, write1h] = [bucket("cacheRead"), bucket("cacheWrite5m"), bucket("cacheWrite1h")];
  if (write1h !== null) return [source, rates.input, rates.output, read, write5m, write1h];
  if (write5m !== null) return [source, rates.input, rates.output, read, write5m];
  return read === null ? [source, rates.input, rates.output] : [source, rates.input, rates.output, read];
}

/** Geographies of one rate share an entry: `"au,eu,us"`. */
function joinEqual(byGeography: ReadonlyMap<string, PriceRow>): Readonly<Record<string, PriceRow>> {
  const joined = new Map<string, { readonly names: string[]; readonly row: PriceRow }>();
  for (const [geography, row] of [...byGeography].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = JSON.stringify(row);
    const entry = joined.get(key) ?? { names: [], row };
    entry.names.push(geography);
    joined.set(key, entry);
  }
  return Object.fromEntries([...joined.values()].map(({ names, row }) => [names.join(","), row]));
}

function longContext(
  row: TableRow | undefined,
  key: string,
  note: (line: string) => void,
): { readonly long?: LongContextRow } {
  const { rates, long } = row ?? {};
  if (rates === undefined || long === undefined) return {};
  const ratio = (a: number | undefined, b: number | undefined): number => tidy((a ?? 1) / (b ?? 1));
  const read = ratio(long.cacheRead, rates.cacheRead);
  const write = ratio(long.cacheWrite5m, rates.cacheWrite5m);
  if (read !== ratio(long.input, rates.input)) note(`${key} long context: cache read rises by ${read}, unlike input`);
  return { long: [long.above, ratio(long.input, rates.input), ratio(long.output, rates.output), read, write] };
}
