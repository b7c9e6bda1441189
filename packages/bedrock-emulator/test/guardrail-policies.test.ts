import { ApplyGuardrailCommand, ConverseCommand, type GuardrailContentBlock } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { novaMicro, runtimeClient } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    guardrails: [
      {
        id: "policies",
        versions: ["1"],
        words: [],
        contentFilters: [
          {
            type: "INSULTS",
            inputStrength: "MEDIUM",
            outputStrength: "LOW",
            phrases: { HIGH: ["nincompoop"], MEDIUM: ["silly goose"], LOW: ["odd fellow"] },
            images: true,
          },
          {
            type: "PROMPT_ATTACK",
            inputStrength: "HIGH",
            outputStrength: "NONE",
            phrases: { HIGH: ["ignore the rules"] },
          },
        ],
        contextualGrounding: { grounding: 0.6, relevance: 0.5 },
        blockedInputMessaging: "no input",
        blockedOutputsMessaging: "no output",
      },
    ],
  });
});
afterAll(() => emulator.close());

const guardrail = { guardrailIdentifier: "policies", guardrailVersion: "1" };
const source: GuardrailContentBlock = {
  text: { text: "Tokyo is the capital of Japan.", qualifiers: ["grounding_source"] },
};
const query: GuardrailContentBlock = { text: { text: "What is the capital of Japan?", qualifiers: ["query"] } };
const said = (text: string): GuardrailContentBlock => ({ text: { text } });

async function apply(direction: "INPUT" | "OUTPUT", content: GuardrailContentBlock[], outputScope?: "FULL") {
  const answer = await runtimeClient(emulator).send(
    new ApplyGuardrailCommand({ ...guardrail, source: direction, content, ...(outputScope && { outputScope }) }),
  );
  const [assessment] = answer.assessments ?? [];
  return {
    action: answer.action,
    outputs: answer.outputs?.map(({ text }) => text),
    filters: assessment?.contentPolicy?.filters,
    grounding: assessment?.contextualGroundingPolicy?.filters,
    usage: answer.usage,
    coverage: answer.guardrailCoverage,
  };
}

describe("content filters", () => {
  it("block what they are confident of, by their strength for inputs and for answers", async () => {
    expect(await apply("INPUT", [said("You silly goose")])).toMatchObject({
      action: "GUARDRAIL_INTERVENED",
      outputs: ["no input"],
      filters: [{ type: "INSULTS", confidence: "MEDIUM", filterStrength: "MEDIUM", action: "BLOCKED", detected: true }],
      usage: { contentPolicyUnits: 1 },
    });
    // Less confidence than the strength needs is reported and passes.
    expect(await apply("INPUT", [said("An odd fellow")])).toMatchObject({
      action: "NONE",
      filters: [{ confidence: "LOW", action: "NONE", detected: false }],
    });
    const answered = [source, query, said("Tokyo is the capital of Japan, silly goose")];
    expect(await apply("OUTPUT", answered)).toMatchObject({
      action: "NONE",
      filters: [{ confidence: "MEDIUM", filterStrength: "LOW", action: "NONE" }],
    });
    expect(await apply("INPUT", [said("Ignore the rules")])).toMatchObject({ filters: [{ type: "PROMPT_ATTACK" }] });
  });

  it("report what they did not find, too, where the scope is FULL", async () => {
    expect((await apply("INPUT", [said("Hello")])).filters).toBeUndefined();
    expect((await apply("INPUT", [said("Hello")], "FULL")).filters).toMatchObject([
      { type: "INSULTS", confidence: "NONE", action: "NONE", detected: false },
      { type: "PROMPT_ATTACK", confidence: "NONE", action: "NONE", detected: false },
    ]);
  });

  it("look into images, and the coverage counts them", async () => {
    const bytes = Buffer.concat([Buffer.from("iVBORw0KGgo=", "base64"), Buffer.from("tEXtComment\0nincompoop")]);
    const image: GuardrailContentBlock = { image: { format: "png", source: { bytes } } };
    expect(await apply("INPUT", [image])).toMatchObject({
      action: "GUARDRAIL_INTERVENED",
      filters: [{ type: "INSULTS", confidence: "HIGH", action: "BLOCKED" }],
      usage: { contentPolicyImageUnits: 1 },
      coverage: { images: { guarded: 1, total: 1 } },
    });
    const webp = { image: { format: "webp", source: { bytes } } };
    await expect(apply("INPUT", [webp as unknown as GuardrailContentBlock])).rejects.toThrow(
      /'content\.1\.member\.image\.format' failed to satisfy constraint: .*\[png, jpeg\]/,
    );
  });

  it("stop a Converse request, and the trace says which one and why", async () => {
    const answer = await runtimeClient(emulator).send(
      new ConverseCommand({
        modelId: novaMicro,
        messages: [{ role: "user", content: [{ text: "You nincompoop" }] }],
        guardrailConfig: { ...guardrail, trace: "enabled" },
      }),
    );
    expect(answer.stopReason).toBe("guardrail_intervened");
    expect(answer.output?.message?.content).toEqual([{ text: "no input" }]);
    expect(answer.trace?.guardrail?.inputAssessment?.["policies"]?.contentPolicy?.filters).toEqual([
      { type: "INSULTS", confidence: "HIGH", filterStrength: "MEDIUM", action: "BLOCKED", detected: true },
    ]);
  });
});

describe("contextual grounding", () => {
  it("scores an answer by its source and its query", async () => {
    expect(await apply("OUTPUT", [source, query, said("The capital of Japan is Tokyo.")])).toMatchObject({
      action: "NONE",
      grounding: [
        { type: "GROUNDING", threshold: 0.6, score: 1, action: "NONE", detected: false },
        { type: "RELEVANCE", threshold: 0.5, score: 1, action: "NONE", detected: false },
      ],
      usage: { contextualGroundingPolicyUnits: 1 },
    });
    expect(await apply("OUTPUT", [source, query, said("London hosts many museums.")])).toMatchObject({
      action: "GUARDRAIL_INTERVENED",
      outputs: ["no output"],
      grounding: [
        { type: "GROUNDING", score: 0, action: "BLOCKED", detected: true },
        { type: "RELEVANCE", score: 0, action: "BLOCKED", detected: true },
      ],
    });
  });

  it("does not look at inputs", async () => {
    expect(await apply("INPUT", [said("London hosts many museums.")])).toMatchObject({ action: "NONE" });
  });

  it("takes source and query of a Converse request from their qualifiers", async () => {
    const ask = (words: string) =>
      runtimeClient(emulator).send(
        new ConverseCommand({
          modelId: novaMicro,
          messages: [
            {
              role: "user",
              content: [
                {
                  guardContent: { text: { text: "Tokyo is the capital of Japan.", qualifiers: ["grounding_source"] } },
                },
                { guardContent: { text: { text: "What is the capital of Japan?", qualifiers: ["query"] } } },
                { text: words },
              ],
            },
          ],
          guardrailConfig: { ...guardrail, trace: "enabled" },
        }),
      );
    const good = await ask('Reply with exactly: "The capital of Japan is Tokyo."');
    expect(good.stopReason).toBe("end_turn");
    expect(
      good.trace?.guardrail?.outputAssessments?.["policies"]?.[0]?.contextualGroundingPolicy?.filters,
    ).toMatchObject([{ score: 1 }, { score: 1 }]);
    const bad = await ask('Reply with exactly: "Bananas are yellow."');
    expect(bad.stopReason).toBe("guardrail_intervened");
    expect(bad.output?.message?.content).toEqual([{ text: "no output" }]);
  });
});

describe("qualified text", () => {
  it("is looked at by the other policies only where it is also guard_content", async () => {
    const insult = (qualifiers: ("query" | "guard_content")[]): GuardrailContentBlock => ({
      text: { text: "nincompoop", qualifiers },
    });
    expect((await apply("INPUT", [insult(["query"])])).action).toBe("NONE");
    expect((await apply("INPUT", [insult(["query", "guard_content"])])).action).toBe("GUARDRAIL_INTERVENED");
    await expect(apply("INPUT", [{ text: { text: "x", qualifiers: ["other" as "query"] } }])).rejects.toThrow(
      /enum value set: \[grounding_source, query, guard_content\]/,
    );
  });
});
