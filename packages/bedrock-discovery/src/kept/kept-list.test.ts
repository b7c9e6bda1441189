import { inspect } from "node:util";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { DiscoveredModel, DiscoveryResult, HiddenModel } from "../types.ts";
import { type KeptList, keptAs, listOf } from "./kept-list.ts";
import type { KeptRecords } from "./kept-records.ts";
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
      const { records, facts, provenances }: KeptRecords = JSON.parse(
        keep({ models: rows, hidden: [], warnings: [] }).records,
      );
      for (const all of [records, facts, provenances]) {
        expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(all.length);
      }
      expect(records.length).toBeLessThanOrEqual(new Set(rows.map(({ capabilities }) => capabilities.baseId)).size + 2);
    }),
  );
});

it("has the price of each geography beside what its profiles share", () => {
  const [one] = fc.sample(models, 1);
  const rows = ["", "us.", "eu.", "global.", "us-gov."].flatMap((geography) => {
    const capabilities = capabilitiesOf(parseModelRef(`${geography}anthropic.claude-sonnet-4-5-20250929-v1:0`));
    return one ? [{ ...one, capabilities }] : [];
  });
  expect(new Set(rows.map(({ capabilities }) => capabilities.price?.value.input)).size).toBeGreaterThan(1);
  const list: DiscoveryResult = { models: rows, hidden: [], warnings: [] };
  const again = listOf(stored(keep(list)));
  expect(again).toEqual(list);
  expect(again?.models[0]?.capabilities.tools).toBe(again?.models[4]?.capabilities.tools);
});

it("gives rows that are plain data to whoever copies or prints them", () => {
  fc.assert(
    fc.property(fc.array(models, { minLength: 1, maxLength: 5 }), (rows) => {
      const list = listOf(stored(keep({ models: rows, hidden: [], warnings: [] })));
      const copies = [
        ...[structuredClone(list), JSON.parse(JSON.stringify(list)), { ...list }],
        { ...list, models: list?.models.map((row) => ({ ...row })) },
      ];
      for (const copy of copies) expect(copy).toEqual({ models: rows, hidden: [], warnings: [] });
      const shown = inspect(list, { depth: 9 });
      for (const { capabilities } of rows) expect(shown).toContain(`family: '${capabilities.family}'`);
      expect(shown).not.toContain("Getter");
    }),
    { numRuns: 20 },
  );
});

it("keeps ten thousand profiles in a sixth of what a store holds by default, where they would not fit in full", () => {
  const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6";
  const capabilities = capabilitiesOf(parseModelRef("anthropic.claude-opus-4-7"));
  const row = {
    ...{ id: arn, name: "a team's profile", provider: "Anthropic", region: "us-east-1", capabilities },
    invocation: {
      kind: "inference-profile",
      type: "APPLICATION",
      arn,
      geography: undefined,
      destinationRegions: ["*"],
    },
    ...{
      baseModelId: "anthropic.claude-opus-4-7",
      contextWindow: 1_000_000,
      maxOutputTokens: 128_000,
      access: "unknown",
    },
  } as const satisfies DiscoveredModel;
  const list: DiscoveryResult = { models: Array.from({ length: 10_000 }, () => row), hidden: [], warnings: [] };
  const bytes = 32 * 1024 * 1024;
  expect(JSON.stringify(keep(list)).length).toBeLessThan(bytes / 6);
  expect(JSON.stringify(list).length).toBeGreaterThan(bytes);
});

it("takes nothing that a stranger wrote, or says what cannot be read, whatever is broken in it", () => {
  const broken = fc.constantFrom<unknown>(null, "x", -1, 1e9, 0.5, [], {}, [[]], [null]);
  fc.assert(
    fc.property(results, broken, fc.nat(), (list, junk, at) => {
      const kept: Holder = { ...stored(keep(list)) };
      const inner = { records: JSON.parse(String(kept["records"])), hidden: JSON.parse(String(kept["hidden"])) };
      const places = [...placesIn(kept), ...placesIn(inner)];
      const [holder, name] = places[at % places.length] ?? [];
      if (holder === undefined || name === undefined) return;
      holder[name] = junk;
      if (holder !== kept) for (const part of ["records", "hidden"] as const) kept[part] = JSON.stringify(inner[part]);
      const read = listOf(kept);
      for (const model of read?.models ?? []) {
        expect([typeof model.id, typeof model.name, typeof model.contextWindow]).toEqual([
          "string",
          "string",
          "number",
        ]);
        const record = looked(() => model.capabilities);
        if (record) expect(typeof record.family).toBe("string");
      }
      for (const { id } of looked(() => read?.hidden) ?? []) expect(typeof id).toBe("string");
    }),
    { numRuns: 300 },
  );
});

it.each([[undefined], [null], [1], ["list"], [[]], [{}], [{ models: [], hidden: [], warnings: [] }], [{ form: 3 }]])(
  "takes %j for no list",
  (foreign) => expect(listOf(foreign)).toBeUndefined(),
);

it("lets nobody reach the prototype", () => {
  const row = { id: "a", name: "a", region: "us-east-1", contextWindow: 1 };
  const read = (field: string): unknown => {
    const facts = [[field, { polluted: true }, 0]];
    const records = JSON.stringify({ records: [[null, "x", [0]]], facts, provenances: [{ from: "default" }] });
    const kept = { ...stored(keep({ models: [], hidden: [], warnings: [] })), models: [[row, 0]], records };
    return looked(() => listOf(kept)?.models[0]?.capabilities);
  };
  expect(read("input")).toEqual({ family: "x", input: { value: { polluted: true }, provenance: { from: "default" } } });
  expect(read("__proto__")).toBeUndefined();
  expect("polluted" in {}).toBe(false);
});

/** What is there, or nothing where it is told that it cannot be read. */
function looked<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    expect(error).toMatchObject({ message: expect.stringContaining("Ask for the list anew") });
    return undefined;
  }
}

type Holder = Record<string | number, unknown>;

/** Every field and item in a value, of whatever depth. */
function placesIn(value: unknown): [Holder, string | number][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]): [Holder, string | number][] => [
    [value as Holder, name],
    ...placesIn(inner),
  ]);
}
