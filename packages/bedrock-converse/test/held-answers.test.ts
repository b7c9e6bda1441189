import type { AssistantMessage, AssistantMessageEvent } from "@clawrock/conversation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConverse, readModel } from "../src/index.ts";
import { eventFrame, exceptionFrame } from "./frames.ts";
import { type ReplayServer, startReplayServer, streamed } from "./replay-server.ts";

const HOLDS = "us.anthropic.claude-opus-5";
const STREAMS = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const START = eventFrame("messageStart", { role: "assistant" });
const say = (text: string): Uint8Array => eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text } });
const think = (text: string): Uint8Array =>
  eventFrame("contentBlockDelta", { contentBlockIndex: 1, delta: { reasoningContent: { text } } });
const end = (stopReason: string): Uint8Array[] => [
  eventFrame("contentBlockStop", { contentBlockIndex: 0 }),
  eventFrame("messageStop", { stopReason }),
  eventFrame("metadata", { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 } }),
];
const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];

let server: ReplayServer;
beforeAll(async () => {
  server = await startReplayServer(streamed([]));
});
afterAll(() => server.close());

async function read(
  model: string,
): Promise<{ seen: string; events: AssistantMessageEvent[]; message: AssistantMessage }> {
  const stream = createConverse({ aws: server.aws }).stream({ model, messages });
  const events: AssistantMessageEvent[] = [];
  let seen = "";
  for await (const event of stream) {
    events.push(event);
    seen += JSON.stringify(event);
  }
  return { seen, events, message: await stream.result() };
}

describe("a model whose refusal withdraws what it said", () => {
  it("is known by its record", () => {
    expect(readModel(HOLDS).capabilities.holdUntilStop.value).toBe(true);
    expect(readModel(STREAMS).capabilities.holdUntilStop.value).toBe(false);
  });

  it.each(["refusal", "content_filtered"])("shows nothing of an answer that ends with %s", async (stopReason) => {
    server.answer = streamed([START, say("WITHDRAWN"), think("WITHDRAWN"), ...end(stopReason)]);
    const { seen, events, message } = await read(HOLDS);
    expect(events.map(({ type }) => type)).toEqual(["start", "error"]);
    expect(seen).not.toContain("WITHDRAWN");
    expect(message).toMatchObject({
      stopReason: "error",
      errorCode: "refused",
      content: [],
      usage: { totalTokens: 5 },
    });
  });

  it("gives a whole answer as the same events that others stream", async () => {
    server.answer = streamed([START, say("Hel"), say("lo"), ...end("end_turn")]);
    const [held, streamedOne] = [await read(HOLDS), await read(STREAMS)];
    expect(held.events.map(({ type }) => type)).toEqual(streamedOne.events.map(({ type }) => type));
    expect(held.message.content).toEqual([{ type: "text", text: "Hello" }]);
    expect(held.events.filter((event) => "partial" in event && event.partial === held.message)).toHaveLength(5);
  });

  it("keeps what arrived before the connection was cut, which is no refusal", async () => {
    server.answer = streamed([START, say("Kept.")], "cut");
    expect((await read(HOLDS)).message).toMatchObject({ errorCode: "protocol", content: [{ text: "Kept." }] });
    const busy = exceptionFrame("serviceUnavailableException", {
      message: "Bedrock is unable to process your request.",
    });
    server.answer = streamed([START, say("Kept."), busy]);
    const { events, message } = await read(HOLDS);
    expect(message).toMatchObject({ errorCode: "overloaded", content: [{ text: "Kept." }] });
    expect(events.map(({ type }) => type)).toEqual(["start", "text_start", "text_delta", "error"]);
  });

  it("leaves the text of other models where it is", async () => {
    server.answer = streamed([START, say("Said."), ...end("refusal")]);
    expect((await read(STREAMS)).message).toMatchObject({ errorCode: "refused", content: [{ text: "Said." }] });
  });
});

describe("citations", () => {
  it("stand at the text that they support, wherever they come", async () => {
    const cite = (title: string, contentBlockIndex = 0): Uint8Array =>
      eventFrame("contentBlockDelta", {
        contentBlockIndex,
        delta: {
          citation: { title, sourceContent: [{ text: "words" }], location: { documentChar: { start: 0, end: 5 } } },
        },
      });
    server.answer = streamed([START, cite("before"), say("Text"), cite("after"), ...end("end_turn")]);
    const { message } = await read("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    expect(message.content).toEqual([
      {
        type: "text",
        text: "Text",
        citations: ["before", "after"].map((title) => ({
          title,
          sourceContent: [{ text: "words" }],
          location: { documentChar: { start: 0, end: 5 } },
        })),
      },
    ]);
  });
});

describe("what the official plugin is tested for", () => {
  const tool = (index: number, name: string): Uint8Array =>
    eventFrame("contentBlockStart", { contentBlockIndex: index, start: { toolUse: { toolUseId: `t${index}`, name } } });
  const input = (index: number, json: string): Uint8Array =>
    eventFrame("contentBlockDelta", { contentBlockIndex: index, delta: { toolUse: { input: json } } });
  const stop = (index: number): Uint8Array => eventFrame("contentBlockStop", { contentBlockIndex: index });

  it("a dropped socket keeps the text and drops the calls", async () => {
    server.answer = streamed(
      [START, say("Said."), stop(0), tool(1, "a"), input(1, "{}"), stop(1), tool(2, "b")],
      "cut",
    );
    expect((await read(STREAMS)).message).toMatchObject({ errorCode: "protocol", content: [{ text: "Said." }] });
  });

  it("a sibling with bad JSON withholds every call", async () => {
    server.answer = streamed([
      START,
      tool(0, "a"),
      input(0, "{}"),
      stop(0),
      tool(1, "b"),
      input(1, '{"x":'),
      stop(1),
      ...end("tool_use"),
    ]);
    const { message, events } = await read(STREAMS);
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
    expect(events.filter(({ type }) => type === "done")).toEqual([]);
  });

  it("interleaved calls stay apart", async () => {
    server.answer = streamed([
      START,
      tool(0, "a"),
      tool(1, "b"),
      input(0, '{"n":'),
      input(1, '{"m":'),
      input(0, "1}"),
      input(1, "2}"),
      stop(1),
      stop(0),
      ...end("tool_use").slice(1),
    ]);
    expect((await read(STREAMS)).message.content).toMatchObject([
      { name: "a", arguments: { n: 1 } },
      { name: "b", arguments: { m: 2 } },
    ]);
  });

  it("20 tokens in, 70 read, 10 written and 5 out are 105, priced by their kind", async () => {
    const usage = {
      inputTokens: 20,
      outputTokens: 5,
      totalTokens: 25,
      cacheReadInputTokens: 70,
      cacheWriteInputTokens: 10,
      cacheDetails: [{ ttl: "1h", inputTokens: 4 }],
    };
    server.answer = streamed([START, say("x"), ...end("end_turn").slice(0, 2), eventFrame("metadata", { usage })]);
    const { usage: counted } = (await read(STREAMS)).message;
    expect(counted).toMatchObject({
      input: 20,
      cacheRead: 70,
      cacheWrite: 10,
      cacheWrite1h: 4,
      output: 5,
      totalTokens: 105,
    });
    const { cost } = counted;
    expect(counted.priceKnown).toBe(true);
    expect(cost.total).toBeCloseTo(cost.input + cost.output + cost.cacheRead + cost.cacheWrite, 12);
    // An hour in the cache costs 2x the input, five minutes 1.25x.
    expect(cost.cacheWrite / cost.input).toBeCloseTo((4 * 2 + 6 * 1.25) / 20, 6);
  });

  it("an answer's own fields, and the tier that served it, are not lost", async () => {
    const usage = { inputTokens: 1000, outputTokens: 100, totalTokens: 1100 };
    const stops = eventFrame("messageStop", {
      stopReason: "end_turn",
      additionalModelResponseFields: { stop_sequence: "X" },
    });
    const ask = async (metadata: object): Promise<AssistantMessage> => {
      server.answer = streamed([START, say("x"), stops, eventFrame("metadata", metadata)]);
      return (await read("us.amazon.nova-2-lite-v1:0")).message;
    };
    const standard = await ask({ usage });
    expect(standard.modelResponseFields).toEqual({ stop_sequence: "X" });
    const flex = await ask({ usage, serviceTier: { type: "flex" } });
    expect(flex.usage.cost.total).toBeCloseTo(standard.usage.cost.total / 2, 12);
    const odd = await ask({ usage: { inputTokens: "5", outputTokens: -1, totalTokens: null, cacheDetails: {} } });
    expect(odd.usage).toMatchObject({ input: 0, output: 0, totalTokens: 0 });
  });
});
