import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { emptyUsage, type Message } from "@clawrock/conversation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConverse } from "../src/index.ts";

const OPUS = "us.anthropic.claude-opus-4-7";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const NOVA = "amazon.nova-lite-v1:0";

const tools = [{ name: "look", description: "Looks.", parameters: { type: "object", properties: {} } }];
const transcript: Message[] = [
  { role: "user", content: "Look twice.", timestamp: 0 },
  {
    role: "assistant",
    content: [
      { type: "toolCall", id: "a", name: "look", arguments: {} },
      { type: "toolCall", id: "b", name: "look", arguments: {} },
    ],
    api: "bedrock-converse-stream",
    provider: "amazon-bedrock",
    model: NOVA,
    usage: emptyUsage(),
    stopReason: "toolUse",
    timestamp: 0,
  },
  ...["a", "b"].map((toolCallId): Message => {
    const content = [{ type: "text" as const, text: "seen" }];
    return { role: "toolResult", toolCallId, toolName: "look", content, isError: false, timestamp: 0 };
  }),
];

type Payload = ConverseStreamCommandInput;

/** Mistakes a request line could make, each put into a request that is right without it. */
const MISTAKES: readonly [mistake: string, model: string, wrong: (payload: Payload) => Payload][] = [
  ["temperature to Opus 4.7", OPUS, (p) => ({ ...p, inferenceConfig: { temperature: 0.5 } })],
  [
    "a thinking budget to Opus 4.7",
    OPUS,
    (p) => ({ ...p, additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2048 } } }),
  ],
  [
    "a budget that is not below maxTokens",
    SONNET,
    (p) => ({
      ...p,
      inferenceConfig: { maxTokens: 2048 },
      additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2048 } },
    }),
  ],
  ["two samplers to Sonnet 4.5", SONNET, (p) => ({ ...p, inferenceConfig: { temperature: 0.5, topP: 0.5 } })],
  ["an unlisted id", NOVA, (p) => ({ ...p, modelId: "amazon.nova-lite-v9:0" })],
  ["a profile-only id without its geography", OPUS, (p) => ({ ...p, modelId: OPUS.slice(3) })],
  ["tool history without tools", NOVA, ({ toolConfig: _, ...p }) => p],
  ["a lost result", NOVA, (p) => withLast(p, (blocks) => blocks.slice(1))],
  [
    "a result twice",
    NOVA,
    (p) => withLast(p, (blocks) => [...blocks.slice(0, 1), ...blocks.slice(0, 1), ...blocks.slice(1)]),
  ],
  ["blank text", NOVA, (p) => withLast(p, (blocks) => [...blocks, { text: "" }])],
  ["a tool name of foreign letters", NOVA, (p) => JSON.parse(JSON.stringify(p).replaceAll('"look"', '"my tool"'))],
  ["a cache point in tools of Nova", NOVA, (p) => withTools(p, [{ cachePoint: { type: "default" } }])],
  [
    "five cache points",
    SONNET,
    (p) => ({
      ...p,
      system: Array.from({ length: 5 }, () => [{ text: "s" }, { cachePoint: { type: "default" as const } }]).flat(),
    }),
  ],
  ["an assistant's first word", NOVA, (p) => ({ ...p, messages: p.messages?.slice(1) })],
  ["an unsigned thought", SONNET, (p) => withThought(p, undefined)],
  ["a forged signature", SONNET, (p) => withThought(p, "Zm9yZ2Vk")],
];

function withLast(
  payload: Payload,
  change: (blocks: NonNullable<NonNullable<Payload["messages"]>[number]["content"]>) => unknown[],
): Payload {
  const messages = payload.messages ?? [];
  const last = messages.at(-1);
  return {
    ...payload,
    messages: [...messages.slice(0, -1), { ...last, content: change(last?.content ?? []) }],
  } as Payload;
}

function withTools(payload: Payload, more: object[]): Payload {
  return { ...payload, toolConfig: { tools: [...(payload.toolConfig?.tools ?? []), ...more] } } as Payload;
}

function withThought(payload: Payload, signature: string | undefined): Payload {
  const [first, second, ...rest] = payload.messages ?? [];
  const thought = { reasoningContent: { reasoningText: { text: "hm", signature } } };
  return {
    ...payload,
    messages: [first, { ...second, content: [thought, ...(second?.content ?? [])] }, ...rest],
  } as Payload;
}

describe("a mistake planted in the request line is refused", () => {
  let emulator: Emulator;
  let aws: AwsSession;
  beforeAll(async () => {
    emulator = await startEmulator();
    const endpoints = { "bedrock-runtime": emulator.url };
    aws = awsSession({ region: emulator.region, credentials: emulator.credentials, endpoints });
  });
  afterAll(async () => {
    aws.close();
    await emulator.close();
  });

  it.each(MISTAKES)("%s", async (_, model, wrong) => {
    const request = { model, messages: transcript, tools, cacheRetention: "none" as const };
    const converse = createConverse({ aws, selfHealing: false });
    expect((await converse.complete(request)).errorMessage).toBeUndefined();
    const refused = await converse.complete(request, { onPayload: wrong });
    expect(refused).toMatchObject({ stopReason: "error" });
    expect(["invalid-request", "model-not-found", "not-on-demand", "access-denied"]).toContain(refused.errorCode);
  });
});
