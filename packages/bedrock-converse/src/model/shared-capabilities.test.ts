import { capabilitiesOf, type ModelCapabilities, parseModelRef } from "@clawrock/model-capabilities";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sharedCapabilities } from "./shared-capabilities.ts";

const IDS = [
  "anthropic.claude-opus-4-7",
  "anthropic.claude-opus-5",
  "anthropic.claude-sonnet-4-5-20250929-v1:0",
  "anthropic.claude-3-haiku-20240307-v1:0",
  "amazon.nova-lite-v1:0",
  "amazon.nova-2-lite-v1:0",
  "meta.llama3-3-70b-instruct-v1:0",
  "openai.gpt-oss-120b-1:0",
  "deepseek.r1-v1:0",
  "nobody.knows-this-v1:0",
];
const models = fc.array(fc.constantFrom(...IDS), { minLength: 1, maxLength: 4 });
const of = (id: string): ModelCapabilities => capabilitiesOf(parseModelRef(id));

/** What a record allows, as flat switches; a request may use only what is true. */
function allowed({ sampling, tools, promptCaching, systemPrompt, input }: ModelCapabilities): Record<string, boolean> {
  const { temperature, topP, both, stopSequences, whileThinking } = sampling.value;
  const { supported, streaming, strict, imagesInResults, documentsInResults, mixedResults, resultStatus } = tools.value;
  return {
    temperature,
    topP,
    both,
    stopSequences,
    whileThinking,
    tools: supported,
    streaming,
    strict,
    imagesInResults,
    documentsInResults,
    mixedResults,
    resultStatus,
    any: tools.value.choice.includes("any"),
    forcedWhileThinking: !tools.value.forcedChoiceRefusedWhileThinking,
    caching: promptCaching.value.supported,
    cachedTools: promptCaching.value.fields.includes("tools"),
    hour: promptCaching.value.ttls.includes("1h"),
    systemPrompt: systemPrompt.value,
    image: input.value.includes("image"),
    document: input.value.includes("document"),
  };
}

describe("sharedCapabilities", () => {
  it("allows exactly what every model allows, and holds back if any does", () => {
    fc.assert(
      fc.property(models, (ids) => {
        const records = ids.map(of);
        const shared = sharedCapabilities(records);
        if (!shared) throw new Error("no record");
        const each = records.map(allowed);
        for (const [name, value] of Object.entries(allowed(shared))) {
          expect(value, name).toBe(each.every((record) => record[name]));
        }
        expect(shared.holdUntilStop.value).toBe(records.some(({ holdUntilStop }) => holdUntilStop.value));
        for (const field of ["contextWindow", "maxOutputTokens"] as const) {
          const known = records.map((record) => record[field]?.value);
          const least = known.includes(undefined) ? undefined : Math.min(...known.map(Number));
          expect(shared[field]?.value).toBe(least);
        }
      }),
    );
  });

  it("is the model itself where all are one, and nothing of nothing", () => {
    for (const id of IDS) expect(sharedCapabilities([of(id), of(id)])).toEqual(of(id));
    expect(sharedCapabilities([])).toBeUndefined();
  });

  it("asks models that think in different ways for no thinking, and forgets what nobody can know of both", () => {
    const shared = sharedCapabilities([of("anthropic.claude-opus-4-7"), of("amazon.nova-2-lite-v1:0")]);
    expect(shared?.reasoning.value).toMatchObject({ mode: "none", whenOmitted: "off" });
    expect(shared).toMatchObject({ baseId: undefined, family: "unknown", price: undefined });
  });
});
