import type { Known, ModelCapabilities, Provenance } from "@clawrock/model-capabilities";

/**
 * The records behind the rows of a list, each thing said once: families share most of what is known, and a model and its profiles
 * nearly all.
 */
export interface KeptRecords {
  readonly records: readonly KeptRecord[];
  readonly facts: readonly KeptFact[];
  readonly provenances: readonly Provenance[];
}

/** A record with the numbers of what is known of it. */
export type KeptRecord = readonly [baseId: string | null, family: string, facts: readonly number[]];
/** What is known in a field, with the number of its provenance. */
export type KeptFact = readonly [field: string, value: unknown, provenance: number];

/**
 * Reads records by their numbers, each once, and the text with the first of them.
 * @throws Error, when it is asked for a record that cannot be read: a stranger wrote it.
 */
export function recordReader(text: string): (number: number) => ModelCapabilities {
  let parts: Unread | undefined;
  const read = new Map<number, ModelCapabilities>();
  return (number) => {
    const before = read.get(number);
    if (before) return before;
    parts ??= partsIn(text);
    const record = recordOf(parts, number);
    read.set(number, record);
    return record;
  };
}

/** As `JSON.parse` gave it, with what has been made of it. */
interface Unread {
  readonly records: readonly unknown[];
  readonly facts: readonly unknown[];
  readonly provenances: readonly unknown[];
  readonly known: Map<unknown, readonly [field: string, known: Known<unknown>]>;
}

function partsIn(text: string): Unread {
  const { records, facts, provenances } = parsed(text) as Partial<Record<keyof KeptRecords, unknown>>;
  if (!isArray(records) || !isArray(facts) || !isArray(provenances)) throw unreadable();
  return { records, facts, provenances, known: new Map() };
}

function recordOf(parts: Unread, number: number): ModelCapabilities {
  const record = parts.records[number];
  // By index: taking an array apart by a pattern is slow in code that runs for the first time.
  if (!isArray(record) || typeof record[1] !== "string" || !isArray(record[2])) throw unreadable();
  const fields: Record<string, unknown> = { baseId: record[0] ?? undefined, family: record[1] };
  for (const fact of record[2]) {
    const known = parts.known.get(fact) ?? factOf(parts, fact);
    fields[known[0]] = known[1];
  }
  return fields as unknown as ModelCapabilities;
}

function factOf(parts: Unread, number: unknown): readonly [string, Known<unknown>] {
  const fact = parts.facts[Number(number)];
  if (!isArray(fact) || typeof fact[0] !== "string" || fact[0] === "__proto__") throw unreadable();
  const provenance = parts.provenances[Number(fact[2])];
  if (typeof provenance !== "object" || provenance === null) throw unreadable();
  const known = [fact[0], { value: fact[1], provenance: provenance as Provenance }] as const;
  parts.known.set(number, known);
  return known;
}

/** @throws Error in one line for a text that is no JSON of an object or an array. */
export function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below, as what is JSON of something else.
  }
  throw unreadable();
}

/** What a store reads is whole, or it counts as none; this was changed inside. */
export function unreadable(): Error {
  return new Error("A part of the kept list of models cannot be read. Ask for the list anew (refresh: true).");
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
