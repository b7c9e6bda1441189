import type { FactRow } from "../src/facts/types.ts";
import { ruledFields } from "./rule-rows.ts";

/** What a table says of one model, beside the limits. What it does not say is absent. */
export interface Statement {
  readonly id: string;
  readonly reasons?: boolean;
  /** Inputs beside text that the table keeps account of, and whether the model takes them. */
  readonly takes?: Readonly<Partial<Record<"image" | "video" | "audio", boolean>>>;
  readonly caches?: true;
  readonly embeds?: boolean;
  readonly byProfile?: true;
}

/** What a row of the facts table says by its rates: cached input costs something, an embedding's output nothing. */
export function statedByRow(key: string, row: FactRow): Statement {
  const rates = Object.values(row.price ?? {});
  const geographies = Object.keys(row.price ?? {}).flatMap((names) => names.split(","));
  return {
    id: key.replace(/@([0-9]+)$/, "-v$1:0"),
    ...(rates.some(([, , , read]) => typeof read === "number") ? { caches: true } : {}),
    ...(rates.length > 0 ? { embeds: rates.every(([, , output]) => output === 0) } : {}),
    ...(row.maxOutput === undefined ? {} : { embeds: false }),
    ...(geographies.some((geography) => geography !== "") ? { byProfile: true } : {}),
  };
}

/** Each thing a table states that the rules deny, as `id thing: table, rules`. */
export function contradictions(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ id, reasons, takes, caches, embeds, byProfile }) => {
    const rules = ruledFields(id);
    const part = (field: string, name: string): unknown => {
      const value = rules.get(field)?.value;
      return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    };
    const listed = (field: string, word: string): boolean | undefined => {
      const value = rules.get(field)?.value;
      return Array.isArray(value) ? value.includes(word) : undefined;
    };
    const mode = part("reasoning", "mode");
    const pairs: readonly (readonly [thing: string, table: unknown, rules: unknown])[] = [
      ["reasons", reasons, mode === undefined ? undefined : mode !== "none"],
      ...Object.entries(takes ?? {}).map(([kind, taken]) => [kind, taken, listed("input", kind)] as const),
      ["caches", caches, part("promptCaching", "supported")],
      ["embeds", embeds, listed("output", "embedding")],
      ["byProfile", byProfile, part("invocation", "byProfile")],
    ];
    return pairs
      .filter(([, table, rule]) => table !== undefined && rule !== undefined && table !== rule)
      .map(([thing, table, rule]) => `${id} ${thing}: table ${table}, rules ${rule}`);
  });
}
