import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYNTHETIC_IDS } from "../../test/synthetic-ids.ts";
import { factRowKeys } from "../facts/rows.ts";
import { parseModelRef } from "../parse/parse-model-ref.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import { type CapabilityOverrides, InvalidOverrideError } from "./overrides.ts";

const REF = parseModelRef("us.anthropic.claude-opus-5");

/** Every record the package gives, as overrides: the widest set of values that are right. */
const RECORDS: readonly Readonly<Record<string, unknown>>[] = [...factRowKeys(), ...SYNTHETIC_IDS].map((id) => {
  const { baseId: _, family: __, ...fields } = capabilitiesOf(parseModelRef(id.replace("@", "-v")));
  return Object.fromEntries(Object.entries(fields).map(([field, known]) => [field, known.value]));
});

/** Untyped, as JavaScript and JSON give them. */
function refusal(overrides: Readonly<Record<string, unknown>>): InvalidOverrideError | undefined {
  const given: CapabilityOverrides = overrides;
  try {
    capabilitiesOf(REF, given);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidOverrideError) return error;
    throw error;
  }
}

type Path = readonly (string | number)[];

function leavesOf(value: unknown, path: Path = []): readonly { readonly path: Path; readonly leaf: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ path, leaf: value }];
  const keyed = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return keyed.flatMap(([key, part]) => (part === undefined ? [] : leavesOf(part, [...path, key])));
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one, index) => (index === key ? replaced(one, rest, by) : one));
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(parts.map(([name, part]) => [name, name === key ? replaced(part, rest, by) : part]));
}

function written(path: Path): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}

/** What no leaf of that type can be. */
function wrong(leaf: unknown): readonly unknown[] {
  const always = [null, {}, [], Number.NaN, -1, Number.POSITIVE_INFINITY, ""];
  if (typeof leaf === "number") return [...always, "5", true];
  return typeof leaf === "boolean" ? [...always, "yes", 0] : [...always, 5, true];
}

describe("overrides", () => {
  it("replace whole fields and say so", () => {
    const known = capabilitiesOf(REF, { contextWindow: 500_000, price: { input: 1, output: 2 } });
    expect(known.contextWindow).toEqual({ value: 500_000, provenance: { from: "override" } });
    expect(known.price).toEqual({ value: { input: 1, output: 2 }, provenance: { from: "override" } });
    expect(known.maxOutputTokens?.value).toBe(128_000);
  });

  it("leave the shared record as it is", () => {
    capabilitiesOf(REF, { contextWindow: 1 });
    expect(capabilitiesOf(REF).contextWindow?.value).toBe(1_000_000);
  });

  it("take every value the package itself gives", () => {
    for (const record of RECORDS) expect(refusal(record)?.message).toBeUndefined();
  });

  it("name the path of any one wrong value inside", () => {
    const cases = RECORDS.flatMap((record) => leavesOf(record).map(({ path, leaf }) => ({ record, path, leaf })));
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.nat(), ({ record, path, leaf }, seed) => {
        const values = wrong(leaf);
        const error = refusal(
          Object.fromEntries(
            Object.entries(record).map(([field, value]) => [
              field,
              field === path[0] ? replaced(value, path.slice(1), values[seed % values.length]) : value,
            ]),
          ),
        );
        expect(error?.field).toBe(written(path));
      }),
      { numRuns: 2000 },
    );
  });

  it("name the path of any one field nobody has", () => {
    const records = RECORDS.flatMap((record) =>
      Object.entries(record).filter(([, value]) => typeof value === "object" && !Array.isArray(value)),
    );
    const name = fc.oneof(
      fc.constantFrom("constructor", "toString", "supportedd", "__proto"),
      fc.stringMatching(/^x[a-z]{3,8}$/),
    );
    fc.assert(
      fc.property(fc.constantFrom(...records), name, ([field, value], extra) => {
        const error = refusal({ [field]: { ...Object(value), [extra]: 1 } });
        expect(error?.message).toBe(`Model capability override "${field}.${extra}": no such field`);
        expect(refusal({ [extra]: 1 })?.field).toBe(extra);
      }),
    );
  });

  it.each([
    ["contextWindow", 0, "contextWindow", "must be a whole number above 0"],
    ["contextWindow", 1.5, "contextWindow", "must be a whole number above 0"],
    ["input", ["text", "smell"], "input[1]", "must be text or image or document or video or audio"],
    ["input", [], "input", "must be a list of text, image, document, video, audio, not empty"],
    ["input", ["text", "text"], "input[1]", "repeats text"],
    ["systemPrompt", "yes", "systemPrompt", "must be true or false"],
    ["price", { input: -1, output: 2 }, "price.input", "must be USD per million tokens, 0 or more"],
    ["price", { input: 1 }, "price", "lacks output"],
    [
      "price",
      { input: 1, output: 2, longContext: { input: 1, output: 2, aboveInputTokens: 0 } },
      "price.longContext.aboveInputTokens",
      "must be a whole number above 0",
    ],
    ["tools", { supported: true }, "tools", "lacks streaming, choice"],
    ["lifecycle", "retired", "lifecycle", "must be active or legacy"],
    ["mantle", { path: "/v1", apis: ["messages"] }, "mantle.apis", "messages are answered at /anthropic/v1"],
    [
      "promptCaching",
      { supported: true, fields: [], ttls: ["5m"], maxPoints: 4 },
      "promptCaching.fields",
      "cannot be empty where caching is supported",
    ],
    [
      "sampling",
      { temperature: false, topP: true, both: true, stopSequences: true, whileThinking: true },
      "sampling.both",
      "cannot be true unless temperature and topP are",
    ],
    [
      "reasoning",
      { mode: "effort", whenOmitted: "on", off: "no", signed: false, replay: "text" },
      "reasoning.request",
      "is needed where mode is effort",
    ],
    ["contextwindow", 1000, "contextwindow", "no such field"],
    ["constructor", 1000, "constructor", "no such field"],
    ["baseId", "x.y", "baseId", "no such field"],
  ])("refuse %s: %j", (field, value, path, reason) => {
    const error = refusal(Object.fromEntries([[field, value]]));
    expect(error?.field).toBe(path);
    expect(error?.message).toContain(`Model capability override "${path}": ${reason}`);
  });

  it("refuse what is no object of fields", () => {
    const given: CapabilityOverrides = JSON.parse("[1]");
    expect(() => capabilitiesOf(REF, given)).toThrow('"overrides": must be an object of fields and values');
  });
});
