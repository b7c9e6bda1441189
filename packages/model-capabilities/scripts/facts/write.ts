import type { FactRow, FactSource } from "../../src/facts/types.ts";

/** The generated module: one line a model, sorted by key, so that a refresh reads well as a diff. */
export function moduleText(sources: readonly FactSource[], rows: ReadonlyMap<string, FactRow>): string {
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, row]) => `  ${JSON.stringify(key)}: ${JSON.stringify(row)},`);
  return [
    "// Written by `pnpm facts:refresh`. Do not edit: decisions by hand belong in ../overrides.ts.",
    'import type { FactRow, FactSource } from "../types.ts";',
    "",
    "export const SOURCES: readonly FactSource[] = [",
    ...sources.map((source) => `  ${JSON.stringify(source)},`),
    "];",
    "",
    "export const FACTS: Readonly<Record<string, FactRow>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}
