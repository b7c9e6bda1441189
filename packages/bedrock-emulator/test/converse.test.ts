import { ConverseCommand, ConverseStreamCommand, type ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { ask, novaMicro, opus47, runtimeClient, sonnet45 } from "./clients.ts";

const weather = {
  toolSpec: {
    name: "get_weather",
    description: "Get the weather of a city.",
    inputSchema: { json: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
  },
};

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function stream(input: ConstructorParameters<typeof ConverseStreamCommand>[0]): Promise<ConverseStreamOutput[]> {
  const answer = await runtimeClient(emulator).send(new ConverseStreamCommand(input));
  const events: ConverseStreamOutput[] = [];
  for await (const event of answer.stream ?? []) events.push(event);
  return events;
}

function textOf(events: readonly ConverseStreamOutput[]): string {
  return events.map((event) => event.contentBlockDelta?.delta?.text ?? "").join("");
}

describe("ConverseStream", () => {
  it("streams text in several deltas, in the order of the service", async () => {
    const events = await stream({ modelId: novaMicro, messages: ask("Tell me about the river Spree, please.") });
    expect(events.map((event) => Object.keys(event)[0])).toEqual([
      "messageStart",
      ...Array(events.filter((event) => event.contentBlockDelta).length).fill("contentBlockDelta"),
      "contentBlockStop",
      "messageStop",
      "metadata",
    ]);
    expect(events.filter((event) => event.contentBlockDelta).length).toBeGreaterThan(2);
    expect(textOf(events)).toContain("the river Spree");
    expect(events.at(-1)?.metadata?.usage).toMatchObject({ inputTokens: 12 });
    expect(emulator.requests.at(-1)).toMatchObject({
      operation: "ConverseStream",
      modelId: novaMicro,
      status: 200,
      auth: { kind: "sigv4", accessKeyId: emulator.credentials.accessKeyId },
      headers: { authorization: "AWS4-HMAC-SHA256 [redacted]" },
    });
  });

  it("calls a tool with values from the text, and answers from its result though text follows it", async () => {
    const question = ask("What is the weather in Berlin?");
    const called = await stream({ modelId: sonnet45, messages: question, toolConfig: { tools: [weather] } });
    const start = called.find((event) => event.contentBlockStart)?.contentBlockStart;
    const input = called.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? "").join("");
    expect(start?.start?.toolUse?.name).toBe("get_weather");
    expect(JSON.parse(input)).toEqual({ city: "Berlin" });
    expect(called.find((event) => event.messageStop)?.messageStop?.stopReason).toBe("tool_use");

    const toolUseId = start?.start?.toolUse?.toolUseId;
    const answered = await stream({
      modelId: sonnet45,
      toolConfig: { tools: [weather] },
      messages: [
        ...question,
        { role: "assistant", content: [{ toolUse: { toolUseId, name: "get_weather", input: { city: "Berlin" } } }] },
        {
          role: "user",
          content: [
            { toolResult: { toolUseId, content: [{ text: "12 °C, rain" }] } },
            { text: "(get_weather was run)" },
          ],
        },
      ],
    });
    expect(textOf(answered)).toContain("12 °C, rain");
    expect(answered.find((event) => event.messageStop)?.messageStop?.stopReason).toBe("end_turn");
  });

  it("thinks when thinking is on, in text deltas and one signature", async () => {
    const events = await stream({
      modelId: sonnet45,
      messages: ask("How are you?"),
      inferenceConfig: { maxTokens: 4_000 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1_024 } },
    });
    const reasoning = events.flatMap((event) => event.contentBlockDelta?.delta?.reasoningContent ?? []);
    expect(reasoning.filter((delta) => delta.text !== undefined).length).toBeGreaterThan(1);
    expect(reasoning.filter((delta) => delta.signature !== undefined)).toHaveLength(1);
    expect(reasoning.at(-1)?.signature).toMatch(/^[A-Za-z0-9+/]{100,}={0,2}$/);
  });

  it("omits the thoughts of Opus 4.7 unless they are asked for", async () => {
    const thoughts = async (display?: string) =>
      (
        await stream({
          modelId: opus47,
          messages: ask("How are you?"),
          additionalModelRequestFields: { thinking: { type: "adaptive", ...(display && { display }) } },
        })
      )
        .map((event) => event.contentBlockDelta?.delta?.reasoningContent?.text ?? "")
        .join("");
    expect(await thoughts()).toBe("");
    expect(await thoughts("summarized")).toContain("How are you?");
  });

  it("stops at maxTokens and at a stop sequence", async () => {
    const cut = await stream({ modelId: novaMicro, messages: ask("Count to 100"), inferenceConfig: { maxTokens: 20 } });
    expect(cut.find((event) => event.messageStop)?.messageStop?.stopReason).toBe("max_tokens");
    const stopped = await stream({
      modelId: novaMicro,
      messages: ask("Count to 100"),
      inferenceConfig: { stopSequences: [", 7"] },
    });
    expect(textOf(stopped)).toBe("1, 2, 3, 4, 5, 6");
    expect(stopped.find((event) => event.messageStop)?.messageStop?.stopReason).toBe("stop_sequence");
  });

  it("streams redacted thinking for Anthropic's test prompt", async () => {
    const events = await stream({
      modelId: sonnet45,
      messages: ask(
        "ANTHROPIC_MAGIC_STRING_TRIGGER_REDACTED_THINKING_46C9A13E193C177646C7398A98432ECCCE4C1253D5E2D82641AC0E52CC2876CB",
      ),
      inferenceConfig: { maxTokens: 2_000 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1_024 } },
    });
    const redacted = events.flatMap((event) => event.contentBlockDelta?.delta?.reasoningContent?.redactedContent ?? []);
    expect(redacted).toHaveLength(1);
    expect(redacted[0]?.length).toBeGreaterThan(50);
  });
});

describe("Converse", () => {
  it("answers whole messages with usage and metrics", async () => {
    const answer = await runtimeClient(emulator).send(
      new ConverseCommand({ modelId: novaMicro, messages: ask('Reply with exactly: "PONG"') }),
    );
    expect(answer.output?.message).toEqual({ role: "assistant", content: [{ text: "PONG" }] });
    expect(answer.stopReason).toBe("end_turn");
    expect(answer.usage?.totalTokens).toBe((answer.usage?.inputTokens ?? 0) + (answer.usage?.outputTokens ?? 0));
  });

  it("caches marked prefixes that are long enough", async () => {
    const system = [{ text: "remember this ".repeat(800) }, { cachePoint: { type: "default" as const } }];
    const ask2 = () =>
      runtimeClient(emulator).send(new ConverseCommand({ modelId: sonnet45, system, messages: ask("Hello") }));
    const first = (await ask2()).usage;
    const second = (await ask2()).usage;
    expect(first?.cacheWriteInputTokens).toBeGreaterThan(1_024);
    expect(first?.cacheReadInputTokens).toBe(0);
    expect(second?.cacheReadInputTokens).toBe(first?.cacheWriteInputTokens);
    expect(second?.cacheWriteInputTokens).toBe(0);
  });

  it("intervenes by its guardrail before and after the model, with a trace where asked", async () => {
    const guarded = (text: string, trace: "enabled" | "disabled") =>
      runtimeClient(emulator).send(
        new ConverseCommand({
          modelId: novaMicro,
          messages: ask(text),
          guardrailConfig: { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1", trace },
        }),
      );
    const input = await guarded("Tell me the launch codes", "enabled");
    expect(input.stopReason).toBe("guardrail_intervened");
    expect(input.output?.message?.content).toEqual([{ text: "Sorry, the model cannot answer this question." }]);
    expect(input.trace?.guardrail?.inputAssessment?.["emulatorgrd1"]?.wordPolicy?.customWords).toEqual([
      { match: "launch codes", action: "BLOCKED", detected: true },
    ]);
    const quiet = await guarded("Hello", "disabled");
    expect(quiet.stopReason).toBe("end_turn");
    expect(quiet.trace).toBeUndefined();
  });

  it.each(["sync", "async"] as const)("holds back a streamed answer that its guardrail blocks (%s)", async (mode) => {
    const events = await stream({
      modelId: novaMicro,
      messages: [
        { role: "user", content: [{ guardContent: { text: { text: "Hello" } } }, { text: 'Say "the launch codes"' }] },
      ],
      guardrailConfig: {
        guardrailIdentifier: "emulatorgrd1",
        guardrailVersion: "DRAFT",
        trace: "enabled",
        streamProcessingMode: mode,
      },
    });
    const trace = events.at(-1)?.metadata?.trace?.guardrail;
    expect(events.find((event) => event.messageStop)?.messageStop?.stopReason).toBe("guardrail_intervened");
    expect(textOf(events)).toBe(mode === "sync" ? "Sorry, the model cannot give this answer." : "the launch codes");
    expect(trace?.modelOutput).toEqual(["the launch codes"]);
    expect(trace?.inputAssessment?.["emulatorgrd1"]?.wordPolicy).toBeUndefined();
    expect(trace?.outputAssessments?.["emulatorgrd1"]?.[0]?.wordPolicy?.customWords?.[0]?.action).toBe("BLOCKED");
  });
});
