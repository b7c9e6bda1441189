import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { DiscoveredModel, DiscoveryResult, HiddenModel } from "../types.ts";

/**
 * A list as a store keeps it. Profiles of one model have the same record but for the price, so it is said once. Records and what is
 * hidden are JSON inside of JSON, and taken apart when somebody looks at them: most of what a process does that finds its list on
 * disk is to read it.
 */
export interface KeptList {
  readonly form: typeof FORM;
  readonly models: readonly KeptModel[];
  /** `ModelCapabilities`, each as JSON. */
  readonly records: readonly string[];
  /** `HiddenModel[]` as JSON. */
  readonly hidden: string;
}

/** Changes with the form of what is kept. */
const FORM = 2;

/** A row, the number of its record, and in what fields it has others. */
export type KeptModel = readonly [
  row: Omit<DiscoveredModel, "capabilities">,
  record: number,
  changes?: Partial<ModelCapabilities>,
];

const lists = new WeakMap<object, DiscoveryResult>();

/** The list that was kept; undefined for what is none, whoever wrote it. The same one at each call. */
export function listOf(stored: unknown): DiscoveryResult | undefined {
  if (!isObject(stored)) return undefined;
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
  const { form, models, records, hidden } = stored as Partial<Record<keyof KeptList, unknown>>;
  if (form !== FORM || !isArray(models) || !isArray(records) || !isText(hidden)) return undefined;
  const read = reader(records);
  const rows: DiscoveredModel[] = [];
  for (const model of models) {
    if (!isArray(model)) return undefined;
    const row = model[0];
    const number = Number(model[1]);
    const changes = model[2];
    if (!isRow(row) || !isText(records[number]) || !(changes === undefined || isObject(changes))) return undefined;
    rows.push(modelOf(row, () => read(number), changes));
  }
  let others: readonly HiddenModel[] | undefined;
  return {
    models: rows,
    get hidden() {
      others ??= inner(hidden, areHidden);
      return others;
    },
    warnings: [],
  };
}

/** A row whose record is read when somebody looks at it. */
function modelOf(row: KeptModel[0], record: () => ModelCapabilities, changes: object | undefined): DiscoveredModel {
  let known: ModelCapabilities | undefined;
  return {
    ...row,
    get capabilities() {
      known ??= changes ? { ...record(), ...changes } : record();
      return known;
    },
  };
}

/** Reads records by their numbers, each once. */
function reader(records: readonly unknown[]): (number: number) => ModelCapabilities {
  const read = new Map<number, ModelCapabilities>();
  return (number) => {
    const known = read.get(number) ?? inner(records[number], isRecord);
    read.set(number, known);
    return known;
  };
}

/** @throws Error in one line where a stranger wrote the file: what a store reads is whole, or it counts as none. */
function inner<T>(text: unknown, is: (value: unknown) => value is T): T {
  try {
    const value: unknown = JSON.parse(String(text));
    if (is(value)) return value;
  } catch {
    // Told below, as what is JSON of something else.
  }
  throw new Error("A part of the kept list of models cannot be read. Ask for the list anew (refresh: true).");
}

function isRecord(value: unknown): value is ModelCapabilities {
  return isObject(value) && "family" in value && isText(value.family);
}

function areHidden(value: unknown): value is readonly HiddenModel[] {
  return isArray(value) && value.every((row) => isObject(row) && "id" in row && isText(row.id));
}

function isRow(row: unknown): row is KeptModel[0] {
  if (!isObject(row)) return false;
  const { id, name, region, contextWindow } = row as Partial<Record<keyof DiscoveredModel, unknown>>;
  return isText(id) && isText(name) && isText(region) && typeof contextWindow === "number";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
