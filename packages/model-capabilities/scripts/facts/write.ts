import type { FactRow, FactSource } from "../../src/facts/types.ts";

/**
 * The generated module: one line a model, sorted by key, so that a refresh reads well as a diff. Rows are JSON texts,
 * decoded when asked for: as object literals they would cost every program that loads the package milliseconds.
 */
export function moduleText(sources: readonly FactSource[], rows: ReadonlyMap<string, FactRow>): string {
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, row]) => `  ${JSON.stringify(key)}: ${quoted(JSON.stringify(row))},`);
  return [
    "// Written by `pnpm facts:refresh`. Do not edit: decisions by hand belong in ../overrides.ts.",
    'import type { FactSource } from "../types.ts";',
    "",
    "export const SOURCES: readonly FactSource[] = [",
    ...sources.map((source) => `  ${JSON.stringify(source)},`),
    "];",
    "",
    "/** A `FactRow` as JSON by fact key. */",
    "export const ROWS: Readonly<Record<string, string>> = {",
    ...lines,
    "};",
    "",
  ].join("\n");
}

function quoted(json: string): string {
  return `'${json.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
