import type { JsonRecord } from "./family.ts";

/** A JSON object, or an empty one for anything else. */
export function record(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** A list of numbers, or `undefined`. */
function numbers(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.every((item): item is number => Number.isFinite(item)) ? value : undefined;
}

/** A list of lists of numbers, or `undefined`. */
export function rows(value: unknown): readonly (readonly number[])[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found = value.flatMap((item) => {
    const row = numbers(item);
    return row ? [row] : [];
  });
  return found.length === value.length ? found : undefined;
}

/** One vector as the only row. */
export function oneRow(value: unknown): readonly (readonly number[])[] | undefined {
  const row = numbers(value);
  return row && [row];
}

export function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
