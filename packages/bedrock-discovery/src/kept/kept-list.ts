import type { DiscoveredModel, DiscoveryResult, HiddenModel } from "../types.ts";
import { isArray, parsed, recordReader, unreadable } from "./kept-records.ts";

/**
 * A list as a store keeps it. Records and what is hidden are JSON inside of JSON, and taken apart when somebody looks at them: most of
 * what a process does that finds its list on disk is to read it.
 */
export interface KeptList {
  readonly form: typeof FORM;
  readonly models: readonly KeptModel[];
  /** `KeptRecords` as JSON. */
  readonly records: string;
  /** `HiddenModel[]` as JSON. */
  readonly hidden: string;
}

/** Changes with the form of what is kept. */
const FORM = 3;

/** A row, and the number of its record. */
export type KeptModel = readonly [row: Omit<DiscoveredModel, "capabilities">, record: number];

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
  const { form, models, records, hidden } = stored as Partial<Record<keyof KeptList, unknown>>;
  if (form !== FORM || !isArray(models) || typeof records !== "string" || typeof hidden !== "string") return undefined;
  const recordOf = recordReader(records);
  const rows: DiscoveredModel[] = [];
  for (const model of models) {
    if (!isModel(model)) return undefined;
    const number = model[1];
    rows.push(
      shownWhole({
        ...model[0],
        get capabilities() {
          return recordOf(number);
        },
      }),
    );
  }
  let others: readonly HiddenModel[] | undefined;
  return shownWhole({
    models: rows,
    get hidden() {
      others ??= hiddenIn(hidden);
      return others;
    },
    warnings: [],
  });
}

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Who prints it sees what is there, not that it is read when it is looked at. */
function shownWhole<T extends object>(value: T): T {
  return Object.defineProperty(value, INSPECT, { value: copied });
}

function copied(this: object): object {
  return { ...this };
}

function isModel(model: unknown): model is KeptModel {
  if (!isArray(model) || !Number.isSafeInteger(model[1])) return false;
  const row = model[0];
  if (typeof row !== "object" || row === null) return false;
  const { id, name, region, contextWindow } = row as Partial<Record<keyof DiscoveredModel, unknown>>;
  if (typeof id !== "string" || typeof name !== "string") return false;
  return typeof region === "string" && typeof contextWindow === "number";
}

/** @throws Error in one line where a stranger wrote it. */
function hiddenIn(text: string): readonly HiddenModel[] {
  const rows = parsed(text);
  if (isArray(rows) && rows.every(isHidden)) return rows;
  throw unreadable();
}

function isHidden(row: unknown): row is HiddenModel {
  return typeof row === "object" && row !== null && "id" in row && typeof row.id === "string";
}
