import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import type { Message } from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ConverseDiagnostic, createConverse, type StreamOptions } from "../src/index.ts";
import { eventFrame, exceptionFrame } from "./frames.ts";
import { type ReplayServer, startReplayServer } from "./replay-server.ts";

type Payload = ConverseStreamCommandInput;
const OPUS = "us.anthropic.claude-opus-4-7";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const user = (content: string): Message => ({ role: "user", content, timestamp: 0 });
const ask = { messages: [user("hi")], cacheRetention: "none" as const };

describe("a request that the service refuses is mended", () => {
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

  const thought = (signature: string): Message => ({
    role: "assistant",
    content: [
      { type: "thinking", thinking: "hm", thinkingSignature: signature },
      { type: "text", text: "Hello." },
    ],
    api: "bedrock-converse-stream",
    provider: "amazon-bedrock",
    model: SONNET,
    usage: emptyUsage(),
    stopReason: "stop",
    timestamp: 0,
  });

  it.each<[string, string, string, Message[], (payload: Payload) => Payload]>([
    ["a temperature", "sampling", OPUS, ask.messages, (p) => ({ ...p, inferenceConfig: { temperature: 0.5 } })],
    [
      "two samplers",
      "sampling",
      SONNET,
      ask.messages,
      (p) => ({ ...p, inferenceConfig: { temperature: 0.5, topP: 0.5 } }),
    ],
    [
      "a thinking budget",
      "thinking-shape",
      OPUS,
      ask.messages,
      (p) => ({
        ...p,
        inferenceConfig: { maxTokens: 9000 },
        additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 8192 } },
      }),
    ],
    ["a forged signature", "thinking-signature", SONNET, [user("hi"), thought("Zm9yZ2Vk"), user("and?")], (p) => p],
  ])("%s", async (_, kind, model, messages, wrong) => {
    const before = emulator.requests.length;
    const told: ConverseDiagnostic[] = [];
    const options: StreamOptions = { onPayload: wrong, onDiagnostic: (event) => told.push(event) };
    const message = await createConverse({ aws }).complete({ model, ...ask, messages }, options);
    expect(message.errorMessage).toBeUndefined();
    expect(message.adjustments).toEqual([{ kind, detail: expect.any(String), reason: expect.any(String) }]);
    expect(emulator.requests.length - before).toBe(2);
    expect(told.filter(({ type }) => type === "adjusted")).toHaveLength(1);
    expect(told.filter(({ type }) => type === "request")).toHaveLength(2);
    const strict = await createConverse({ aws, selfHealing: false }).complete({ model, ...ask, messages }, options);
    expect(strict).toMatchObject({ stopReason: "error", errorCode: "invalid-request" });
  });

  it("renews credentials that ran out, and says so", async () => {
    const told: ConverseDiagnostic[] = [];
    const keys = ["AKIAOLD", "AKIANEW"].map((accessKeyId) => ({
      accessKeyId,
      secretAccessKey: `${accessKeyId}-secret`,
    }));
    const short = await startEmulator({ credentials: [...keys], faults: [{ kind: "expired" }] });
    const credentials = async () => ({ ...(keys.shift() ?? { accessKeyId: "", secretAccessKey: "" }) });
    const session = awsSession({ region: short.region, credentials, endpoints: { "bedrock-runtime": short.url } });
    const message = await createConverse({ aws: session }).complete(
      { model: "amazon.nova-lite-v1:0", ...ask },
      { onDiagnostic: (event) => told.push(event) },
    );
    session.close();
    await short.close();
    expect(told.find(({ type }) => type === "attempt-failed")).toMatchObject({
      kind: "expired-credentials",
      attempt: 1,
    });
    expect(message).toMatchObject({ stopReason: "stop", adjustments: [{ kind: "expired-credentials" }] });
    expect(told.filter(({ type }) => type === "request")).toHaveLength(1);
  });
});

describe("words of the service that the emulator does not say", () => {
  let server: ReplayServer;
  let bodies: Payload[];
  let refusals: string[];
  beforeAll(async () => {
    server = await startReplayServer(async (request, response) => {
      const message = refusals.shift();
      bodies.push(JSON.parse(request.bodyText));
      if (message !== undefined) {
        response.writeHead(400, { "x-amzn-errortype": "ValidationException", "content-type": "application/json" });
        response.end(JSON.stringify({ message }));
        return;
      }
      response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
      response.end(Buffer.concat([eventFrame("messageStop", { stopReason: "end_turn" }), eventFrame("metadata", {})]));
    });
  });
  afterAll(() => server.close());
  beforeEach(() => {
    bodies = [];
    refusals = [];
  });

  const tools = [{ name: "look", description: "Looks.", parameters: { type: "object" as const, properties: {} } }];
  const strictly = (p: Payload): Payload =>
    ({
      ...p,
      toolConfig: { tools: p.toolConfig?.tools?.map(({ toolSpec }) => ({ toolSpec: { ...toolSpec, strict: true } })) },
    }) as Payload;
  const withFields =
    (fields: object) =>
    (p: Payload): Payload =>
      ({ ...p, inferenceConfig: { maxTokens: 20_000 }, additionalModelRequestFields: fields }) as Payload;

  it.each<[string, (payload: Payload) => Payload, object]>([
    ["Too many strict tools (48). The maximum number of strict tools supported is 20.", strictly, {}],
    ["The compiled grammar is too large, which would cause performance issues.", strictly, {}],
    [
      "The model returned the following errors: adaptive thinking is not supported on this model",
      withFields({ thinking: { type: "adaptive" }, output_config: { effort: "high" } }),
      { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 16_384 } } },
    ],
    [
      "Malformed input request: #: extraneous key [output_config] is not permitted, please reformat your input and try again.",
      withFields({ thinking: { type: "adaptive" }, output_config: { effort: "low" } }),
      { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 2048 } } },
    ],
    [
      "Malformed input request: #: extraneous key [reasoning_config] is not permitted, please reformat your input and try again.",
      withFields({ reasoning_config: "high", keep: 1 }),
      { additionalModelRequestFields: { keep: 1 } },
    ],
  ])("%s", async (words, change, sent) => {
    refusals = [words];
    const model = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    const converse = createConverse({ aws: server.aws });
    const message = await converse.complete({ model, ...ask, tools }, { onPayload: change });
    expect(message).toMatchObject({ stopReason: "stop", adjustments: [{ reason: words }] });
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toMatchObject(sent);
    expect(JSON.stringify(bodies[1])).not.toContain("strict");
  });

  it("mends one mistake after the other, but none twice", async () => {
    const hot = "`temperature` is deprecated for this model.";
    const strict = "Too many strict tools (48).";
    const both = (p: Payload): Payload => ({ ...strictly(p), inferenceConfig: { temperature: 1 } });
    const converse = createConverse({ aws: server.aws });
    refusals = [hot, strict];
    const mended = await converse.complete({ model: SONNET, ...ask, tools }, { onPayload: both });
    expect(mended).toMatchObject({ stopReason: "stop", adjustments: [{ kind: "sampling" }, { kind: "strict-tools" }] });
    expect(bodies).toHaveLength(3);
    refusals = [hot, hot, hot];
    const refused = await converse.complete({ model: SONNET, ...ask, tools }, { onPayload: both });
    expect(refused).toMatchObject({ stopReason: "error", adjustments: [{ kind: "sampling" }] });
    expect(bodies).toHaveLength(5);
  });

  it("does not send again what holds nothing of what was refused", async () => {
    refusals = ["`temperature` is deprecated for this model."];
    const message = await createConverse({ aws: server.aws }).complete({ model: SONNET, ...ask });
    expect(message.errorMessage).toContain("deprecated");
    expect(bodies).toHaveLength(1);
  });

  it("does not send again once content arrived", async () => {
    const words = { message: "`temperature` is deprecated for this model." };
    const text = eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hel" } });
    const answer = server.answer;
    server.answer = (request, response) => {
      bodies.push(JSON.parse(request.bodyText));
      response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
      response.end(Buffer.concat([text, exceptionFrame("validationException", words)]));
    };
    const hot = (p: Payload): Payload => ({ ...p, inferenceConfig: { temperature: 1 } });
    const message = await createConverse({ aws: server.aws }).complete({ model: SONNET, ...ask }, { onPayload: hot });
    server.answer = answer;
    expect(message).toMatchObject({ stopReason: "error", content: [{ text: "Hel" }] });
    expect(bodies).toHaveLength(1);
  });
});
