import type { Provenance } from "../types.ts";
import { SOURCES } from "./generated/table.ts";
import type { FactOverride } from "./overrides.ts";

/** A figure of the table with this index in `SOURCES`. */
export function fromSource(index: number): Provenance {
  const source = SOURCES[index];
  return { from: "fact", source: source?.name ?? "unknown table", date: source?.date ?? "" };
}

/** A figure decided by hand. */
export function fromDecision({ url, date }: FactOverride): Provenance {
  return { from: "fact", source: url, date };
}
