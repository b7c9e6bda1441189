/** A figure and the index of its source in `SOURCES`. */
export type Sourced = readonly [value: number, source: number];

/** USD per million tokens: source, input, output, cache read, cache write 5 m, cache write 1 h. `null`: not known. */
export type PriceRow = readonly [
  source: number,
  input: number,
  output: number,
  cacheRead?: number | null,
  cacheWrite5m?: number | null,
  cacheWrite1h?: number | null,
];

/** Above so many input tokens the rates of the whole request are multiplied: input, output, cache read, cache write. */
export type LongContextRow = readonly [above: number, input: number, output: number, read: number, write: number];

/** What public tables say about one model, all its spellings and geographies together. */
export interface FactRow {
  readonly name?: string;
  /** Newest major version the row speaks of, where that is above 1; a later one is another model. */
  readonly major?: number;
  readonly context?: Sourced;
  readonly maxOutput?: Sourced;
  /** Service tiers beside the standard one, by first letter: flex, priority, reserved. */
  readonly tiers?: readonly [letters: string, source: number];
  readonly lifecycle?: readonly ["active" | "legacy", source: number];
  /** By geographies, joined with commas; the empty one is the bare id. */
  readonly price?: Readonly<Record<string, PriceRow>>;
  readonly long?: LongContextRow;
}

export interface FactSource {
  readonly name: string;
  readonly url: string;
  /** Day of the snapshot, `YYYY-MM-DD`. */
  readonly date: string;
}
