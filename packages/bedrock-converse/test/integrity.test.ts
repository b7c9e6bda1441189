import { setTimeout as sleep } from "node:timers/promises";
import type { AssistantMessageEvent } from "@clawrock/conversation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Converse, createConverse } from "../src/index.ts";
import { eventFrame, exceptionFrame } from "./frames.ts";
import { type ReplayServer, startReplayServer, streamed } from "./replay-server.ts";

const START = eventFrame("messageStart", { role: "assistant" });
const TEXT = eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Hello" } });
const STOP = [
  eventFrame("contentBlockStop", { contentBlockIndex: 0 }),
  eventFrame("messageStop", { stopReason: "end_turn" }),
  eventFrame("metadata", { usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5 }, metrics: { latencyMs: 1 } }),
];
const TOOL = eventFrame("contentBlockStart", {
  contentBlockIndex: 1,
  start: { toolUse: { toolUseId: "t", name: "now" } },
});

let server: ReplayServer;
let converse: Converse;
beforeEach(async () => {
  server = await startReplayServer(streamed([START, TEXT, ...STOP]));
  converse = createConverse({ aws: server.aws });
});
afterEach(() => server.close());

const ask = { model: "amazon.nova-lite-v1:0", messages: [{ role: "user" as const, content: "hi", timestamp: 0 }] };

async function read(stream: AsyncIterable<AssistantMessageEvent>): Promise<AssistantMessageEvent[]> {
  const events: AssistantMessageEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** Waits until the server has no open socket; the milliseconds it took. */
async function untilClosed(): Promise<number> {
  const from = performance.now();
  while ((await server.connections()) > 0) {
    if (performance.now() - from > 2000) throw new Error("the socket is still open after 2 s");
    await sleep(1);
  }
  return performance.now() - from;
}

describe("a stream", () => {
  it("ends with done, the request id and the tokens", async () => {
    const events = await read(converse.stream(ask));
    expect(events.map(({ type }) => type)).toEqual(["start", "text_start", "text_delta", "text_end", "done"]);
    expect(events.at(-1)).toMatchObject({
      message: {
        responseId: "request-1",
        usage: { input: 3, output: 2, totalTokens: 5 },
        stopReason: "stop",
        api: "bedrock-converse-stream",
      },
    });
  });

  it("keeps one connection for calls one after another", async () => {
    for (let call = 0; call < 5; call++) await converse.complete(ask);
    expect(await server.connections()).toBe(1);
  });

  it("keeps the text of a cut connection, drops its tool call, and says so", async () => {
    server.answer = streamed([START, TEXT, eventFrame("contentBlockStop", { contentBlockIndex: 0 }), TOOL], "cut");
    const message = await converse.complete(ask);
    expect(message).toMatchObject({
      stopReason: "error",
      errorCode: "protocol",
      content: [{ type: "text", text: "Hello" }],
    });
    expect(message.errorMessage).toContain("cut in the middle of the answer");
  });

  it("is an error when the body ends without a stop reason", async () => {
    server.answer = streamed([START, TEXT]);
    expect(await converse.complete(ask)).toMatchObject({
      stopReason: "error",
      errorCode: "protocol",
      content: [{ text: "Hello" }],
    });
  });

  it("reports an exception frame with its kind and the request id", async () => {
    server.answer = streamed([
      START,
      TEXT,
      exceptionFrame("throttlingException", { message: "Too many tokens, please wait before trying again." }),
    ]);
    const message = await converse.complete(ask);
    expect(message).toMatchObject({ stopReason: "error", errorCode: "throttled", content: [{ text: "Hello" }] });
    expect(message.errorMessage).toContain("request-1");
  });

  it("reports a corrupt frame", async () => {
    const corrupt = Uint8Array.from(TEXT);
    corrupt[20] = (corrupt[20] ?? 0) ^ 1;
    server.answer = streamed([START, corrupt, ...STOP]);
    expect(await converse.complete(ask)).toMatchObject({ stopReason: "error", errorCode: "protocol" });
  });

  it.each<[string, Uint8Array]>([
    ["an exception frame", exceptionFrame("throttlingException", { message: "Too many tokens" })],
    ["a corrupt frame", TEXT.map((byte, index) => (index === 20 ? byte ^ 1 : byte))],
    ["a payload that is no object", eventFrame("messageStop", null)],
  ])("leaves no socket behind after %s", async (_, frame) => {
    server.answer = streamed([START, frame], "open");
    for (let turn = 0; turn < 5; turn++) expect((await converse.complete(ask)).stopReason).toBe("error");
    await untilClosed();
  });

  it("takes an answer that was cut after its last event for whole", async () => {
    server.answer = streamed([START, TEXT, ...STOP], "cut");
    expect(await converse.complete(ask)).toMatchObject({ stopReason: "stop", content: [{ text: "Hello" }] });
  });

  it("says that an answer is not Bedrock's", async () => {
    server.answer = (_request, response) => {
      response.writeHead(503, { "content-type": "text/html" }).end("<html>proxy</html>");
    };
    const { errorCode, errorMessage } = await converse.complete(ask);
    expect(errorCode).toBe("overloaded");
    expect(errorMessage).toContain("is not Bedrock's: a proxy or another server gave it");
  });

  it.each(["onPayload", "onResponse"])("ends when %s throws, and leaves no socket", async (hook) => {
    server.answer = streamed([START], "open");
    const fail = (): never => {
      throw new Error("the caller's own");
    };
    const message = await converse.complete(ask, { [hook]: fail });
    expect(message.errorMessage).toContain("the caller's own");
    await untilClosed();
  });

  it("ends when the signal fires while a hook does not return", async () => {
    const hangs = { onPayload: () => new Promise(() => undefined), signal: AbortSignal.timeout(30) };
    expect((await converse.complete(ask, hangs)).stopReason).toBe("aborted");
  });

  it("keeps going over events it does not know", async () => {
    server.answer = streamed([START, eventFrame("somethingNew", "ping"), TEXT, ...STOP]);
    expect(await converse.complete(ask)).toMatchObject({ stopReason: "stop", content: [{ text: "Hello" }] });
  });

  it("takes a refused request the SDK's way, with kind and fix", async () => {
    server.answer = (_request, response) => {
      response.writeHead(400, {
        "content-type": "application/json",
        "x-amzn-errortype": "ValidationException",
        "x-amzn-requestid": "r-9",
      });
      response.end(JSON.stringify({ message: "The provided model identifier is invalid." }));
    };
    const events = await read(converse.stream(ask));
    expect(events.map(({ type }) => type)).toEqual(["start", "error"]);
    expect(events.at(-1)).toMatchObject({ error: { errorCode: "model-not-found" } });
    expect((await converse.complete(ask)).errorMessage).toContain("r-9");
  });

  it("names the endpoint that nothing listens on", async () => {
    await server.close();
    const message = await converse.complete(ask);
    expect(message.errorCode).toBe("unreachable");
    expect(message.errorMessage).toContain(`127.0.0.1:${server.port}`);
    server = await startReplayServer(streamed([]));
  });

  it("refuses an id of no known shape without a call", async () => {
    const message = await converse.complete({ ...ask, model: "" });
    expect(message).toMatchObject({ stopReason: "error", errorCode: "model-not-found" });
  });
});

describe("a silent service", () => {
  it("is given up when no byte comes", async () => {
    server.answer = () => undefined;
    const message = await createConverse({ aws: server.aws, timeouts: { firstByteMs: 40 } }).complete(ask);
    expect(message).toMatchObject({ stopReason: "error", errorCode: "timeout" });
    expect(message.errorMessage).toContain("No answer came for 0.04 seconds");
    await untilClosed();
  });

  it("is given up in mid-answer, and the text is kept", async () => {
    server.answer = streamed([START, TEXT], "open");
    const message = await createConverse({ aws: server.aws, timeouts: { idleMs: 40 } }).complete(ask);
    expect(message).toMatchObject({
      stopReason: "error",
      errorCode: "timeout",
      content: [{ text: "Hello" }],
      responseId: "request-1",
    });
    await untilClosed();
  });

  it("is not blamed for a caller that reads slowly", async () => {
    const types: string[] = [];
    for await (const event of createConverse({ aws: server.aws, timeouts: { idleMs: 150, firstByteMs: 5000 } }).stream(
      ask,
    )) {
      types.push(event.type);
      await sleep(200);
    }
    expect(types.at(-1)).toBe("done");
  });
});

describe.each(["own", "sdk"] as const)("leaving a stream early (%s decoder)", (decoder) => {
  beforeEach(() => {
    converse = createConverse({ aws: server.aws, decoder });
    server.answer = streamed([START, TEXT], "open");
  });

  it("closes the socket on break", async () => {
    const stream = converse.stream(ask);
    for await (const event of stream) if (event.type === "text_delta") break;
    expect(await stream.result()).toMatchObject({ stopReason: "aborted", content: [{ text: "Hello" }] });
    expect(await untilClosed()).toBeLessThan(500);
  });

  it("ends with one aborted error and closes the socket when the signal fires", async () => {
    const abort = new AbortController();
    const types: string[] = [];
    for await (const event of converse.stream(ask, { signal: abort.signal })) {
      types.push(event.type);
      if (event.type === "text_delta") abort.abort();
    }
    expect(types.at(-1)).toBe("error");
    expect(types.filter((type) => type === "error")).toHaveLength(1);
    await untilClosed();
  });

  it("closes the socket of an answer that nobody read, when the signal fires", async () => {
    const abort = new AbortController();
    const arrived = Promise.withResolvers<void>();
    const onResponse = (): void => arrived.resolve();
    const stream = converse.stream(ask, { signal: abort.signal, onResponse });
    await arrived.promise;
    await sleep(20);
    abort.abort();
    await untilClosed();
    expect((await stream.result()).stopReason).toBe("aborted");
  });

  it("ends when the signal fires before the first byte", async () => {
    server.answer = () => undefined;
    const started = performance.now();
    const message = await converse.complete(ask, { signal: AbortSignal.timeout(50) });
    expect(message).toMatchObject({ stopReason: "aborted", errorMessage: "The caller's time limit passed." });
    expect(performance.now() - started).toBeLessThan(2000);
    await untilClosed();
  });
});
