import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { expect } from "vitest";
import { type Answer, type Asked, hello, micro, type RuleRow, sonnet, user } from "./rule-row.ts";

interface Frame {
  readonly headers: readonly (readonly [name: string, value: unknown])[];
  readonly type: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what a frame holds is looked at member by member.
  readonly body: any;
}

function framesOf({ bytes }: Answer): Frame[] {
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
    const { headers, body } = codec.decode(bytes.subarray(at, at + length));
    const list = Object.entries(headers).map(([name, { value }]) => [name, value] as const);
    frames.push({ headers: list, type: headers[":event-type"]?.value, body: JSON.parse(toUtf8(body)) });
    at += length;
  }
  return frames;
}

const stream = async (on: Asked, model: string, body: object, headers?: Record<string, string>) =>
  framesOf(await on.model(model, "converse-stream", body, headers));
const thinking = { additionalModelRequestFields: { thinking: { type: "enabled", budget_tokens: 1_024 } } };
const tools = { tools: [{ toolSpec: { name: "get_weather", inputSchema: { json: { type: "object" } } } }] };

/** The frames of a stream. */
export const streamRules: readonly RuleRow[] = [
  [
    "headers in the order of the service, all strings",
    async (on) => {
      const [first] = await stream(on, micro, hello);
      expect(first?.headers).toEqual([
        [":event-type", "messageStart"],
        [":content-type", "application/json"],
        [":message-type", "event"],
      ]);
    },
  ],
  [
    "every payload has a padding of 2 to 61 characters",
    async (on) => {
      const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
      for (const { body } of await stream(on, micro, { messages: [user({ text: "Count to 60" })] })) {
        expect(alphabet.startsWith(body.p) && body.p.length >= 2 && body.p.length <= 61).toBe(true);
      }
    },
  ],
  [
    "start, blocks one after another from 0, stop, metadata last",
    async (on) => {
      const frames = await stream(on, sonnet, {
        messages: [user({ text: "Use get_weather" })],
        toolConfig: tools,
        ...thinking,
      });
      const types = frames.map((frame) => frame.type);
      expect([types[0], types.at(-2), types.at(-1)]).toEqual(["messageStart", "messageStop", "metadata"]);
      expect(
        frames.filter((frame) => frame.type === "contentBlockStop").map((frame) => frame.body.contentBlockIndex),
      ).toEqual([0, 1]);
      // Only tools have a start; thinking ends with one signature.
      expect(
        frames.filter((frame) => frame.type === "contentBlockStart").map((frame) => Object.keys(frame.body.start)),
      ).toEqual([["toolUse"]]);
      const deltas = frames.filter((frame) => frame.type === "contentBlockDelta").map((frame) => frame.body);
      expect(deltas.filter(({ delta }) => delta.reasoningContent?.signature)).toHaveLength(1);
      expect(
        deltas.filter(({ contentBlockIndex }) => contentBlockIndex === 0).at(-1).delta.reasoningContent.signature,
      ).toBeTruthy();
      expect(deltas.find(({ delta }) => delta.toolUse).delta.toolUse.input).toBe("");
    },
  ],
  [
    "metadata has usage and latency, and a trace where it was asked for",
    async (on) => {
      const guardrailConfig = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1", trace: "enabled" };
      const { body } = (await stream(on, micro, { ...hello, guardrailConfig })).at(-1) ?? { body: undefined };
      expect(body).toMatchObject({
        usage: { inputTokens: expect.any(Number), totalTokens: expect.any(Number) },
        metrics: { latencyMs: expect.any(Number) },
        trace: { guardrail: {} },
      });
    },
  ],
  [
    "usage of a cache names what was written and read",
    async (on) => {
      const text = { text: `${"one ".repeat(1_200)}${Math.random()}` };
      const cached = { ...hello, system: [text, { cachePoint: { type: "default" } }] };
      const usage = async () => (await stream(on, sonnet, cached)).at(-1)?.body.usage;
      const written = await usage();
      expect(written).toMatchObject({
        cacheReadInputTokens: 0,
        cacheDetails: [{ ttl: "5m", inputTokens: written.cacheWriteInputTokens }],
      });
      expect(await usage()).toMatchObject({
        cacheReadInputTokens: written.cacheWriteInputTokens,
        cacheWriteInputTokens: 0,
      });
    },
  ],
  [
    "an exception is a frame with its name in lower camel case, and the status stays 200",
    async (on) => {
      const answer = await on.model(micro, "converse-stream", hello, { "x-emulator-fault": "exception=throttle@2" });
      expect(answer.status).toBe(200);
      const last = framesOf(answer).at(-1);
      expect(last?.headers).toEqual([
        [":exception-type", "throttlingException"],
        [":content-type", "application/json"],
        [":message-type", "exception"],
      ]);
      expect(last?.body).toEqual({ message: "Too many requests, please wait before trying again." });
    },
  ],
  [
    "InvokeModel's chunks are bytes with padding, its headers count tokens",
    async (on) => {
      const body = {
        anthropic_version: "bedrock-2023-05-31",
        max_tokens: 99,
        messages: [{ role: "user", content: "Hello" }],
      };
      const chunks = framesOf(await on.model(sonnet, "invoke-with-response-stream", body));
      expect(new Set(chunks.map((chunk) => chunk.type))).toEqual(new Set(["chunk"]));
      expect(JSON.parse(Buffer.from(chunks[0]?.body.bytes, "base64").toString()).type).toBe("message_start");
      const { headers } = await on.model(sonnet, "invoke", body);
      for (const name of ["input-token-count", "output-token-count", "invocation-latency"])
        expect(headers.get(`x-amzn-bedrock-${name}`)).toMatch(/^\d+$/);
    },
  ],
];
