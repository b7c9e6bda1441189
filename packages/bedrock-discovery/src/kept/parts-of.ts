import type { Known, ModelCapabilities, Provenance } from "@clawrock/model-capabilities";
import type { DiscoveryResult } from "../types.ts";
import type { KeptList, KeptModel } from "./kept-list.ts";
import type { KeptFact, KeptRecord, KeptRecords } from "./kept-records.ts";

/**
 * The parts of a list as a store keeps it. It is loaded with what asks the service, and shares no code with what reads a kept list:
 * a bundler would make a file of that, for every process to load.
 */
export function partsOf(list: DiscoveryResult): Omit<KeptList, "form"> {
  const provenances: Provenance[] = [];
  const provenanceOf = numbering(provenances, (provenance: Provenance) => provenance);
  const facts: KeptFact[] = [];
  const byField = new Map<string, (known: Known<unknown>) => number>();
  const factOf = (field: string, known: Known<unknown>): number => {
    const kept = ({ value, provenance }: Known<unknown>): KeptFact => [field, value, provenanceOf(provenance)];
    const number = byField.get(field) ?? numbering(facts, kept);
    byField.set(field, number);
    return number(known);
  };
  const records: KeptRecord[] = [];
  const recordOf = numbering(records, ({ baseId, family, ...fields }: ModelCapabilities): KeptRecord => {
    const known = Object.entries<Known<unknown> | undefined>(fields);
    return [baseId ?? null, family, known.flatMap(([field, one]) => (one === undefined ? [] : [factOf(field, one)]))];
  });
  const models = list.models.map(({ capabilities, ...row }): KeptModel => [row, recordOf(capabilities)]);
  const behind: KeptRecords = { records, facts, provenances };
  return { models, records: JSON.stringify(behind), hidden: JSON.stringify(list.hidden) };
}

/** Gives equal things one number, and puts each into `all` in the form that `to` makes of it. */
function numbering<T extends object, Kept>(all: Kept[], to: (one: T) => Kept): (one: T) => number {
  const byObject = new Map<T, number>();
  const byText = new Map<string, number>();
  const next = (one: T): number => {
    const kept = to(one);
    const text = JSON.stringify(kept);
    const number = byText.get(text) ?? all.push(kept) - 1;
    byText.set(text, number);
    return number;
  };
  return (one) => {
    const number = byObject.get(one) ?? next(one);
    byObject.set(one, number);
    return number;
  };
}
