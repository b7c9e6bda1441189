/** Readers of foreign JSON: each gives the value if it has the shape, else nothing. */

export type Json = Readonly<Record<string, unknown>>;

export function record(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined;
}

export function entries(value: unknown): readonly (readonly [string, Json])[] {
  return Object.entries(record(value) ?? {}).flatMap(([key, one]) => {
    const read = record(one);
    return read === undefined ? [] : [[key, read] as const];
  });
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A finite number above 0: the tables write 0 for what they do not know. */
export function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** USD per token as USD per million tokens, free of floating-point dust. */
export function perMillion(value: unknown): number | undefined {
  const rate = positive(value);
  return rate === undefined ? undefined : tidy(rate * 1_000_000);
}

export function tidy(value: number): number {
  return Number(value.toPrecision(8));
}
