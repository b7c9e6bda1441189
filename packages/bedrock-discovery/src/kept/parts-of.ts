import type { Known, ModelCapabilities, Provenance } from "@clawrock/model-capabilities";
import type { DiscoveryResult } from "../types.ts";
import type { KeptFact, KeptList, KeptModel, KeptRecord } from "./kept-list.ts";

/**
 * The parts of a list as a store keeps it. It is loaded with what asks the service, and shares no code with what reads a kept list:
 * a bundler would make a file of that, for every process to load.
 */
export function partsOf(list: DiscoveryResult): Omit<KeptList, "form"> {
  const provenances = numbered<Provenance, Provenance>((provenance) => provenance);
  const facts = numbered<readonly [string, Known<unknown>], KeptFact>(([field, { value, provenance }]) => [
    ...([field, value] as const),
    provenances.of(provenance),
  ]);
  const records = numbered<ModelCapabilities, KeptRecord>(({ baseId, family, ...fields }) => {
    const known = Object.entries<Known<unknown> | undefined>(fields);
    return [
      ...([baseId ?? null, family] as const),
      known.flatMap(([field, fact]) => (fact === undefined ? [] : [facts.of([field, fact])])),
    ];
  });
  const models = list.models.map(({ capabilities, ...row }): KeptModel => [row, records.of(capabilities)]);
  return { models, records: records.all, facts: facts.all, provenances: provenances.all, hidden: list.hidden };
}

/** Gives equal things one number, and keeps each in the form that `to` makes of it. */
function numbered<T extends object, Kept>(to: (one: T) => Kept): { readonly all: Kept[]; of(one: T): number } {
  const all: Kept[] = [];
  const byObject = new Map<T, number>();
  const byText = new Map<string, number>();
  const next = (one: T): number => {
    const kept = to(one);
    const text = JSON.stringify(kept);
    const number = byText.get(text) ?? all.push(kept) - 1;
    byText.set(text, number);
    return number;
  };
  return {
    all,
    of(one) {
      const number = byObject.get(one) ?? next(one);
      byObject.set(one, number);
      return number;
    },
  };
}
