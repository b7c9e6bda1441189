import { ApplyGuardrailCommand, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, type EmulatorGuardrail, startEmulator } from "../src/index.ts";
import { ask, novaMicro, runtimeClient } from "./clients.ts";

const guardrail: EmulatorGuardrail = {
  id: "policies1",
  versions: ["1"],
  words: ["forbidden word"],
  topics: [{ name: "Investment", phrases: ["stock tips", "which shares"] }],
  pii: [
    { type: "EMAIL", action: "ANONYMIZE" },
    { type: "US_SOCIAL_SECURITY_NUMBER", action: "BLOCK" },
  ],
  regexes: [{ name: "ticket", pattern: "TCK-\\d+", action: "ANONYMIZE" }],
  blockedInputMessaging: "No.",
  blockedOutputsMessaging: "Not that.",
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    guardrails: [guardrail],
    engine: function* (turn) {
      const last = turn.messages.at(-1)?.parts[0];
      yield { kind: "text", text: last?.kind === "text" ? last.text : "" };
      yield { kind: "text", text: " Write to " };
      yield { kind: "text", text: "ann@example.com." };
      yield { kind: "stop", reason: "end_turn" };
    },
  });
});
afterAll(() => emulator.close());

const apply = (text: string, outputScope?: "FULL" | "INTERVENTIONS", source: "INPUT" | "OUTPUT" = "INPUT") =>
  runtimeClient(emulator).send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: guardrail.id,
      guardrailVersion: "1",
      source,
      content: [{ text: { text } }],
      ...(outputScope && { outputScope }),
    }),
  );

describe("ApplyGuardrail", () => {
  it("blocks by topic, word and personal information", async () => {
    const topic = await apply("Give me STOCK TIPS");
    expect([topic.action, topic.actionReason, topic.outputs]).toEqual([
      "GUARDRAIL_INTERVENED",
      "Guardrail blocked.",
      [{ text: "No." }],
    ]);
    expect(topic.assessments?.[0]?.topicPolicy?.topics).toEqual([
      { name: "Investment", type: "DENY", action: "BLOCKED", detected: true },
    ]);
    const number = await apply("It is 123-45-6789", undefined, "OUTPUT");
    expect(number.outputs).toEqual([{ text: "Not that." }]);
    expect(number.assessments?.[0]?.sensitiveInformationPolicy?.piiEntities).toEqual([
      { type: "US_SOCIAL_SECURITY_NUMBER", match: "123-45-6789", action: "BLOCKED", detected: true },
    ]);
    expect((await apply("a forbidden wordy thing")).action).toBe("NONE");
  });

  it("masks personal information and patterns", async () => {
    const masked = await apply("ann@example.com and bob@example.org asked for TCK-42");
    expect([masked.action, masked.actionReason]).toEqual(["GUARDRAIL_INTERVENED", "No action.\nGuardrail masked."]);
    expect(masked.outputs).toEqual([{ text: "{EMAIL} and {EMAIL} asked for {ticket}" }]);
    expect(masked.assessments?.[0]?.sensitiveInformationPolicy?.regexes).toEqual([
      { name: "ticket", regex: "TCK-\\d+", match: "TCK-42", action: "ANONYMIZED", detected: true },
    ]);
    expect(masked.usage).toMatchObject({ sensitiveInformationPolicyUnits: 1, topicPolicyUnits: 1, wordPolicyUnits: 1 });
  });

  it("reports all that it looked for, when asked", async () => {
    const full = (await apply("Hello", "FULL")).assessments?.[0];
    expect(full?.topicPolicy?.topics?.[0]).toEqual({
      name: "Investment",
      type: "DENY",
      action: "NONE",
      detected: false,
    });
    expect(full?.sensitiveInformationPolicy?.piiEntities?.[0]).toMatchObject({ match: "", action: "NONE" });
    expect((await apply("Hello")).assessments?.[0]?.topicPolicy).toBeUndefined();
  });
});

describe("a guardrail of Converse", () => {
  const config = { guardrailIdentifier: guardrail.id, guardrailVersion: "1", trace: "enabled" } as const;

  it("masks input and answer, which counts as an intervention", async () => {
    const answer = await runtimeClient(emulator).send(
      new ConverseCommand({
        modelId: novaMicro,
        messages: ask("I am zoe@example.com."),
        guardrailConfig: config,
      }),
    );
    expect(answer.output?.message?.content).toEqual([{ text: "I am {EMAIL}. Write to {EMAIL}." }]);
    expect(answer.stopReason).toBe("guardrail_intervened");
    expect(answer.trace?.guardrail).toMatchObject({
      actionReason: "No action.\nGuardrail masked.",
      modelOutput: ["I am {EMAIL}. Write to ann@example.com."],
      outputAssessments: {
        policies1: [
          { sensitiveInformationPolicy: { piiEntities: [{ match: "ann@example.com", action: "ANONYMIZED" }] } },
        ],
      },
    });
  });

  it.each(["sync", "async"] as const)("streams %s", async (streamProcessingMode) => {
    const answer = await runtimeClient(emulator).send(
      new ConverseStreamCommand({
        modelId: novaMicro,
        messages: ask("Hello."),
        guardrailConfig: { ...config, streamProcessingMode },
      }),
    );
    let text = "";
    let reason: string | undefined;
    for await (const event of answer.stream ?? []) {
      text += event.contentBlockDelta?.delta?.text ?? "";
      reason = event.messageStop?.stopReason ?? reason;
    }
    expect([text, reason]).toEqual(
      streamProcessingMode === "sync"
        ? ["Hello. Write to {EMAIL}.", "guardrail_intervened"]
        : ["Hello. Write to ann@example.com.", "end_turn"],
    );
  });
});
