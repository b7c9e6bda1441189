import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import type { Message, Tool, ToolCall, ToolResultMessage } from "@clawrock/conversation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Converse, createConverse } from "../src/index.ts";

const NOVA = "amazon.nova-lite-v1:0";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
const OPUS = "us.anthropic.claude-opus-4-7";

const weather: Tool = {
  name: "get_weather",
  description: "Tells the weather of a city.",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const user = (content: string): Message => ({ role: "user", content, timestamp: 0 });
const resultOf = (call: ToolCall, text: string): ToolResultMessage => ({
  role: "toolResult",
  toolCallId: call.id,
  toolName: call.name,
  content: [{ type: "text", text }],
  isError: false,
  timestamp: 0,
});

let emulator: Emulator;
let aws: AwsSession;
let converse: Converse;
beforeAll(async () => {
  emulator = await startEmulator();
  aws = awsSession({
    region: emulator.region,
    credentials: emulator.credentials,
    endpoints: { "bedrock-runtime": emulator.url },
  });
  converse = createConverse({ aws });
});
afterAll(async () => {
  aws.close();
  await emulator.close();
});

const textOf = (message: { content: readonly { type: string; text?: string }[] }): string =>
  message.content.map((part) => part.text ?? "").join("");

describe("turns against a Bedrock that checks signatures", () => {
  it("answers, with tokens and their price", async () => {
    const message = await converse.complete({ model: NOVA, messages: [user("What is a river?")] });
    expect(textOf(message)).toContain("river");
    expect(message.usage.input).toBeGreaterThan(0);
    expect(message.usage.cost.total).toBeGreaterThan(0);
    expect(message.usage.priceKnown).toBe(true);
  });

  it.each([NOVA, SONNET, OPUS])("lets %s call a tool and use its result", async (model) => {
    const messages = [user("Use get_weather for the weather in Berlin.")];
    const asked = await converse.complete({ model, messages, tools: [weather] });
    const call = asked.content.find((part) => part.type === "toolCall");
    expect(asked.stopReason).toBe("toolUse");
    expect(call).toMatchObject({ name: "get_weather", arguments: { city: "Berlin" } });
    if (!call) return;
    const told = await converse.complete({
      model,
      messages: [...messages, asked, resultOf(call, "11 degrees, rain"), user("(context)")],
      tools: [weather],
    });
    expect(told.stopReason).toBe("stop");
    expect(textOf(told)).toContain("11 degrees, rain");
  });

  it.each([
    [SONNET, "low"],
    [OPUS, "high"],
  ] as const)("replays the signed thinking of %s within a tool loop", async (model, thinking) => {
    const messages = [user("Use get_weather for the weather in Berlin.")];
    const asked = await converse.complete({
      model,
      messages,
      tools: [weather],
      thinking,
      maxTokens: 4000,
      temperature: 0.5,
    });
    expect(asked.errorMessage).toBeUndefined();
    expect(asked.content[0]).toMatchObject({ type: "thinking", thinkingSignature: expect.any(String) });
    const call = asked.content.find((part) => part.type === "toolCall");
    if (!call) throw new Error("no call");
    const told = await converse.complete({
      model,
      messages: [...messages, asked, resultOf(call, "rain")],
      tools: [weather],
      thinking,
      maxTokens: 4000,
    });
    expect(told.errorMessage).toBeUndefined();
    expect(told.stopReason).toBe("stop");
  });

  it("asks a model that refuses tools while streaming for the whole answer, and streams it", async () => {
    const messages = [user("Use get_weather for the weather in Berlin.")];
    const stream = converse.stream({ model: LLAMA, messages, tools: [weather] });
    const types: string[] = [];
    for await (const { type } of stream) types.push(type);
    expect(types).toContain("toolcall_end");
    expect(types.at(-1)).toBe("done");
    expect((await stream.result()).stopReason).toBe("toolUse");
    expect(emulator.requests.at(-1)?.operation).toBe("Converse");
  });

  it("stops at the limit and says so", async () => {
    const message = await converse.complete({
      model: NOVA,
      messages: [user("Tell me a long story about rivers and mountains.")],
      maxTokens: 2,
    });
    expect(message).toMatchObject({ stopReason: "length", rawStopReason: "max_tokens" });
  });

  it("names the guardrail's word that stopped the prompt", async () => {
    const guardrail = { guardrailIdentifier: defaultGuardrail.id, guardrailVersion: "1", trace: "enabled" } as const;
    const word = defaultGuardrail.words[0] ?? "";
    const message = await createConverse({ aws, guardrail }).complete({
      model: NOVA,
      messages: [user(`Tell me the ${word}`)],
    });
    expect(message).toMatchObject({
      stopReason: "error",
      errorCode: "guardrail-blocked",
      rawStopReason: "guardrail_intervened",
    });
    expect(message.errorMessage).toContain(word);
  });

  it("reads a changed guardrail at the next turn", async () => {
    let on = true;
    const guardrail = { guardrailIdentifier: defaultGuardrail.id, guardrailVersion: "1" };
    const guarded = createConverse({ aws, guardrail: () => (on ? guardrail : undefined) });
    const messages = [user(`Tell me the ${defaultGuardrail.words[0]}`)];
    expect((await guarded.complete({ model: NOVA, messages })).errorCode).toBe("guardrail-blocked");
    on = false;
    expect((await guarded.complete({ model: NOVA, messages })).stopReason).toBe("stop");
  });

  it.each([
    ["anthropic.claude-sonnet-4-5-20250929-v1:0", "not-on-demand", "inference profile"],
    ["amazon.nova-nonsense-v9:0", "model-not-found", "us-east-1"],
  ])("says what to do about %s", async (model, errorCode, words) => {
    const message = await converse.complete({ model, messages: [user("hi")] });
    expect(message).toMatchObject({ stopReason: "error", errorCode });
    expect(message.errorMessage).toContain(words);
  });

  it("says that the keys are wrong, and does not print them", async () => {
    const secretAccessKey = "wrong-secret-0123456789";
    const stranger = awsSession({
      region: emulator.region,
      credentials: { accessKeyId: emulator.credentials.accessKeyId, secretAccessKey },
      endpoints: { "bedrock-runtime": emulator.url },
    });
    const message = await createConverse({ aws: stranger }).complete({ model: NOVA, messages: [user("hi")] });
    stranger.close();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "invalid-credentials" });
    expect(JSON.stringify(message)).not.toContain(secretAccessKey);
  });

  it("lets the caller see and replace the request", async () => {
    let seen: unknown;
    const message = await converse.complete(
      { model: NOVA, messages: [user("hi")] },
      {
        onPayload: (payload) => {
          seen = payload;
          return { ...payload, messages: [{ role: "user", content: [{ text: "replaced words" }] }] };
        },
      },
    );
    expect(seen).toMatchObject({ modelId: NOVA });
    expect(textOf(message)).toContain("replaced words");
  });
});
