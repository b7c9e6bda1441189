import { ROWS } from "./generated/table.ts";
import type { FactRow } from "./types.ts";

/** Keys of all rows, sorted. */
export function factRowKeys(): readonly string[] {
  return Object.keys(ROWS);
}

/** The row of a key, decoded. */
export function factRow(key: string): FactRow | undefined {
  const text = Object.hasOwn(ROWS, key) ? ROWS[key] : undefined;
  if (text === undefined) return undefined;
  const row: FactRow = JSON.parse(text);
  return row;
}
