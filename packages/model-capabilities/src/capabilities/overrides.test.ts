import { describe, expect, it } from "vitest";
import { parseModelRef } from "../parse/parse-model-ref.ts";
import { capabilitiesOf } from "./capabilities-of.ts";
import { type CapabilityOverrides, InvalidOverrideError } from "./overrides.ts";

const REF = parseModelRef("us.anthropic.claude-opus-5");

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

  it.each([
    ["contextWindow", 0, "must be a whole number of tokens above 0"],
    ["contextWindow", 1.5, "must be a whole number of tokens above 0"],
    ["maxOutputTokens", Number.NaN, "must be a whole number of tokens above 0"],
    ["input", ["text", "smell"], "must list some of text, image, document, video, audio"],
    ["systemPrompt", "yes", "must be true or false"],
    ["price", { input: -1, output: 2 }, "input must be USD per million tokens, 0 or more"],
    ["price", { input: 1 }, "lacks output"],
    ["tools", { supported: true }, "lacks streaming, choice"],
    ["lifecycle", "retired", "must be active or legacy"],
    ["contextwindow", 1000, "no such field"],
    ["constructor", 1000, "no such field"],
  ])("refuse %s: %j", (field, value, reason) => {
    const overrides: CapabilityOverrides = Object.fromEntries([[field, value]]);
    const attempt = (): unknown => capabilitiesOf(REF, overrides);
    expect(attempt).toThrow(InvalidOverrideError);
    expect(attempt).toThrow(`Model capability override "${field}": ${reason}`);
  });
});
