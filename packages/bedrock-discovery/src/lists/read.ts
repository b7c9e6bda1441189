// An endpoint may answer anything: each field is read by its type, and what is not of it is absent.

export type Unread = Readonly<Record<string, unknown>>;

/** A text without outer blanks and control characters; a blank one is absent. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.replace(/\p{Cc}+/gu, " ").trim() || undefined : undefined;
}

/** An id or ARN: a text without blanks inside. */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined || /\s/u.test(text) ? undefined : text;
}

/** The words of a list, in capitals as the service writes them. */
export function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.flatMap((word) => textOf(word)?.toUpperCase() ?? []) : [];
}

/** The records of a list. */
export function recordsOf(value: unknown): Unread[] {
  return Array.isArray(value) ? value.filter((each): each is Unread => typeof each === "object" && each !== null) : [];
}

/** The day of a moment, `2026-10-30`. */
export function dayOf(value: unknown): string | undefined {
  return value instanceof Date && Number.isFinite(value.getTime()) ? value.toISOString().slice(0, 10) : undefined;
}
