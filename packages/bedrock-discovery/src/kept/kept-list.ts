import type { Known, ModelCapabilities, Provenance } from "@clawrock/model-capabilities";
import type { DiscoveredModel, DiscoveryResult, HiddenModel } from "../types.ts";

/**
 * A list as a store keeps it. Profiles of one model have the same record and families share most of what is known, so each thing
 * is said once: a third of the bytes, and reading them is most of what a process does that finds its list on disk.
 */
export interface KeptList {
  readonly form: typeof FORM;
  readonly models: readonly KeptModel[];
  readonly records: readonly KeptRecord[];
  readonly facts: readonly KeptFact[];
  readonly provenances: readonly Provenance[];
  readonly hidden: readonly HiddenModel[];
}

/** Changes with the form of what is kept. */
const FORM = 2;

/** A row, and the number of its record. */
export type KeptModel = readonly [row: Omit<DiscoveredModel, "capabilities">, record: number];
/** A record with the numbers of what is known of it. */
export type KeptRecord = readonly [baseId: string | null, family: string, facts: readonly number[]];
/** What is known in a field, with the number of its provenance. */
export type KeptFact = readonly [field: string, value: unknown, provenance: number];

const lists = new WeakMap<object, DiscoveryResult>();

/** The list that was kept; undefined for what is none, whoever wrote it. The same one at each call. */
export function listOf(stored: unknown): DiscoveryResult | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const known = lists.get(stored);
  if (known) return known;
  const list = unpacked(stored);
  if (list) lists.set(stored, list);
  return list;
}

/** What is kept of a list. Who loaded it gets it as it came, warnings and all. */
export function keptAs(list: DiscoveryResult, parts: Omit<KeptList, "form">): KeptList {
  const kept: KeptList = { form: FORM, ...parts };
  lists.set(kept, list);
  return kept;
}

function unpacked(stored: object): DiscoveryResult | undefined {
  const { form, models, records, facts, provenances, hidden } = stored as Partial<Record<keyof KeptList, unknown>>;
  if (form !== FORM || !Array.isArray(provenances)) return undefined;
  const known = each(facts, (fact) => knownOf(fact, provenances));
  const capabilities = known && each(records, (record) => recordOf(record, known));
  const rows = capabilities && each(models, (model) => modelOf(model, capabilities));
  const others = rows && each(hidden, hiddenOf);
  return others && { models: rows, hidden: others, warnings: [] };
}

/** All of an array taken apart; undefined if it is none or if one of them is not what it should be. */
function each<T>(all: unknown, take: (one: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(all)) return undefined;
  const taken: T[] = [];
  for (const one of all) {
    const what = take(one);
    if (what === undefined) return undefined;
    taken.push(what);
  }
  return taken;
}

function knownOf(fact: unknown, provenances: readonly unknown[]): readonly [string, Known<unknown>] | undefined {
  if (!Array.isArray(fact)) return undefined;
  const [field, value, number]: readonly unknown[] = fact;
  const provenance = typeof number === "number" ? provenances[number] : undefined;
  if (typeof field !== "string" || typeof provenance !== "object" || provenance === null) return undefined;
  return [field, { value, provenance: provenance as Provenance }];
}

function recordOf(
  record: unknown,
  known: readonly (readonly [string, Known<unknown>])[],
): ModelCapabilities | undefined {
  if (!Array.isArray(record)) return undefined;
  const [baseId, family, numbers]: readonly unknown[] = record;
  const fields = each(numbers, (number) => (typeof number === "number" ? known[number] : undefined));
  if (typeof family !== "string" || !fields) return undefined;
  // Never by assignment: a stranger may call a field __proto__.
  const capabilities = { baseId: baseId ?? undefined, family, ...Object.fromEntries(fields) };
  return capabilities as unknown as ModelCapabilities;
}

function modelOf(model: unknown, records: readonly ModelCapabilities[]): DiscoveredModel | undefined {
  if (!Array.isArray(model)) return undefined;
  const [row, number]: readonly unknown[] = model;
  const capabilities = typeof number === "number" ? records[number] : undefined;
  if (!capabilities || typeof row !== "object" || row === null) return undefined;
  const { id, name, region, contextWindow } = row as Partial<Record<keyof DiscoveredModel, unknown>>;
  if (typeof id !== "string" || typeof name !== "string" || typeof region !== "string") return undefined;
  return typeof contextWindow === "number" ? { ...(row as KeptModel[0]), capabilities } : undefined;
}

function hiddenOf(row: unknown): HiddenModel | undefined {
  if (typeof row !== "object" || row === null) return undefined;
  const { id, reason, detail } = row as Partial<Record<keyof HiddenModel, unknown>>;
  return [id, reason, detail].every((text) => typeof text === "string") ? (row as HiddenModel) : undefined;
}
