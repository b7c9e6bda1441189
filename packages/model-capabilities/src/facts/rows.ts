import { ROWS } from "./generated/table.ts";
import type { FactRow } from "./types.ts";

/** Keys of all rows, sorted. */
export function factRowKeys(): readonly string[] {
  return Object.keys(ROWS);
}

let texts: ReadonlyMap<string, string> | undefined;
let split: ReadonlySet<string> | undefined;

/** Whether the major versions of a key have a row each, `key@1` and `key@2`. */
export function hasRowsByMajor(key: string): boolean {
  split ??= new Set(factRowKeys().flatMap((each) => (each.includes("@") ? [each.slice(0, each.indexOf("@"))] : [])));
  return split.has(key);
}

/** The row of a key, decoded. */
export function factRow(key: string): FactRow | undefined {
  texts ??= new Map(Object.entries(ROWS));
  const text = texts.get(key);
  if (text === undefined) return undefined;
  const row: FactRow = JSON.parse(text);
  return row;
}
