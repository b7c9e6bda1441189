import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { DiscoveredModel, DiscoveryResult, HiddenModel } from "../types.ts";
import { type KeptList, keptAs, listOf } from "./kept-list.ts";
import { partsOf } from "./parts-of.ts";

const IDS = ["anthropic.claude-opus-4-7", "us.anthropic.claude-opus-4-7", "amazon.nova-lite-v1:0", "vendor.unheard-of"];
const REGIONS = ["us-east-1", "eu-central-1"];

const models: fc.Arbitrary<DiscoveredModel> = fc.record({
  id: fc.constantFrom(...IDS),
  name: fc.string({ unit: "binary" }),
  provider: fc.string(),
  region: fc.constantFrom(...REGIONS),
  invocation: fc.constantFrom({ kind: "on-demand" } as const, { kind: "imported", arn: "arn:aws:bedrock" } as const),
  baseModelId: fc.option(fc.string(), { nil: undefined }),
  capabilities: fc.constantFrom(...IDS, "arn:aws:bedrock:us-east-1:123456789012:imported-model/a").map((id) => ({
    // Another object each time, as out of two listings.
    ...capabilitiesOf(parseModelRef(id)),
  })),
  contextWindow: fc.nat(),
  maxOutputTokens: fc.nat(),
  access: fc.constant("unknown" as const),
});
const hidden: fc.Arbitrary<HiddenModel> = fc.record({
  ...{ id: fc.string(), name: fc.string(), provider: fc.string(), region: fc.constantFrom(...REGIONS) },
  ...{ reason: fc.constant("legacy" as const), detail: fc.string() },
});
const results: fc.Arbitrary<DiscoveryResult> = fc.record({
  ...{ models: fc.array(models), hidden: fc.array(hidden), warnings: fc.constant([]) },
});

const keep = (list: DiscoveryResult): KeptList => keptAs(list, partsOf(list));
/** As a store gives it back. */
const stored = (kept: KeptList): KeptList => JSON.parse(JSON.stringify(kept));

it("gives every list back as it was", () => {
  fc.assert(
    fc.property(results, (list) => {
      expect(listOf(stored(keep(list)))).toEqual(list);
    }),
  );
});

it("gives the very list to who loaded it, and the same one at each call", () => {
  const list: DiscoveryResult = { models: [], hidden: [], warnings: [] };
  expect(listOf(keep(list))).toBe(list);
  const again = stored(keep(list));
  expect(listOf(again)).toBe(listOf(again));
});

it("says each thing once, however many profiles lead to a model", () => {
  fc.assert(
    fc.property(fc.array(models, { minLength: 1, maxLength: 50 }), (rows) => {
      const { records, facts, provenances } = keep({ models: rows, hidden: [], warnings: [] });
      for (const all of [records, facts, provenances]) {
        expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
      }
      expect(records.length).toBeLessThanOrEqual(5);
    }),
  );
});

it("takes nothing that a stranger wrote, whatever is broken in it, and never throws", () => {
  const broken = fc.constantFrom<unknown>(null, "x", -1, 1e9, 0.5, [], {}, [[]], [null]);
  fc.assert(
    fc.property(results, broken, fc.nat(), (list, junk, at) => {
      const kept: unknown = stored(keep(list));
      const places = placesIn(kept);
      const [holder, name] = places[at % places.length] ?? [];
      if (holder === undefined || name === undefined) return;
      holder[name] = junk;
      const read = listOf(kept);
      for (const model of read?.models ?? []) {
        expect([typeof model.id, typeof model.name, typeof model.contextWindow]).toEqual([
          "string",
          "string",
          "number",
        ]);
        for (const field of Object.values(model.capabilities)) expect(field).not.toBeNull();
      }
      for (const { id, detail } of read?.hidden ?? []) expect([typeof id, typeof detail]).toEqual(["string", "string"]);
    }),
    { numRuns: 300 },
  );
});

it.each([[undefined], [null], [1], ["list"], [[]], [{}], [{ models: [], hidden: [], warnings: [] }], [{ form: 3 }]])(
  "takes %j for no list",
  (foreign) => expect(listOf(foreign)).toBeUndefined(),
);

it("lets nobody reach the prototype", () => {
  const list = stored(keep({ models: [], hidden: [], warnings: [] }));
  const evil = JSON.parse('["__proto__", { "polluted": true }, 0]');
  const row = { id: "a", name: "a", region: "us-east-1", contextWindow: 1 };
  const read = listOf({ ...list, models: [[row, 0]], records: [[null, "x", [0]]], facts: [evil], provenances: [{}] });
  expect(Object.getPrototypeOf(read?.models[0]?.capabilities)).toBe(Object.prototype);
  expect("polluted" in {}).toBe(false);
});

type Holder = Record<string | number, unknown>;

/** Every field and item in a value, of whatever depth. */
function placesIn(value: unknown): [Holder, string | number][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]): [Holder, string | number][] => [
    [value as Holder, name],
    ...placesIn(inner),
  ]);
}
