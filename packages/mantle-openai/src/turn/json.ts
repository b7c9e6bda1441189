/** Reading what a service sent: as it is, not as it should be. */
const EMPTY: Record<string, unknown> = Object.freeze({});

export function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : EMPTY;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A number of tokens. */
export function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
