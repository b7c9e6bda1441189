import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { DiscoveryResult } from "../types.ts";
import type { KeptList, KeptModel } from "./kept-list.ts";

/**
 * The parts of a list as a store keeps it. It is loaded with what asks the service, and shares no code with what reads a kept list:
 * a bundler would make a file of that, for every process to load.
 */
export function partsOf(list: DiscoveryResult): Omit<KeptList, "form"> {
  const records: ModelCapabilities[] = [];
  const byBase = new Map<string | undefined, number[]>();
  const find = (capabilities: ModelCapabilities): Place => {
    const numbers = byBase.get(capabilities.baseId) ?? [];
    byBase.set(capabilities.baseId, numbers);
    for (const number of numbers) {
      const changes = changesOf(records[number], capabilities);
      if (changes) return Object.keys(changes).length === 0 ? [number] : [number, changes];
    }
    const number = records.push(capabilities) - 1;
    numbers.push(number);
    return [number];
  };
  const places = new Map<ModelCapabilities, Place>();
  const placeOf = (capabilities: ModelCapabilities): Place => {
    const place = places.get(capabilities) ?? find(capabilities);
    places.set(capabilities, place);
    return place;
  };
  const models = list.models.map(({ capabilities, ...row }): KeptModel => [row, ...placeOf(capabilities)]);
  return { models, records: records.map((record) => JSON.stringify(record)), hidden: JSON.stringify(list.hidden) };
}

type Place = readonly [record: number, changes?: Partial<ModelCapabilities>];

/** What to change in a record to get the other; undefined if one has a field that the other lacks. */
function changesOf(
  record: ModelCapabilities | undefined,
  other: ModelCapabilities,
): Partial<ModelCapabilities> | undefined {
  const [before, after] = [fieldsOf(record ?? {}), fieldsOf(other)];
  if (before.length !== after.length) return undefined;
  const known = new Map(before);
  if (!after.every(([field]) => known.has(field))) return undefined;
  return Object.fromEntries(after.filter(([field, value]) => !isSame(value, known.get(field))));
}

function fieldsOf(record: Partial<ModelCapabilities>): [string, unknown][] {
  return Object.entries(record).filter(([, value]) => value !== undefined);
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
