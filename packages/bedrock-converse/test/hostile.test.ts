import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import type { AssistantMessage, AssistantMessageEvent } from "@clawrock/conversation";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ConverseDiagnostic, type ConverseOptions, createConverse, type StreamOptions } from "../src/index.ts";
import { eventFrame, exceptionFrame } from "./frames.ts";

const EVENT_STREAM = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nx-amzn-requestid: r-1\r\n";
const START = eventFrame("messageStart", { role: "assistant" });
const text = (words: string, index = 0): Uint8Array =>
  eventFrame("contentBlockDelta", { contentBlockIndex: index, delta: { text: words } });
const STOP = eventFrame("messageStop", { stopReason: "end_turn" });
const METADATA = eventFrame("metadata", { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 } });
const ask = { model: "amazon.nova-lite-v1:0", messages: [{ role: "user" as const, content: "hi", timestamp: 0 }] };

let server: Server;
let aws: AwsSession;
let sockets: Set<Socket>;
let answer: (socket: Socket) => unknown;
beforeEach(async () => {
  sockets = new Set();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    let head = "";
    socket.on("data", (chunk) => {
      head += chunk.toString("latin1");
      const [headers = "", body] = head.split("\r\n\r\n");
      const length = Number(/content-length: (\d+)/iu.exec(headers)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      head = "";
      void answer(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  aws = awsSession({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "very-secret-key" },
    endpoints: { "bedrock-runtime": `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
  });
});
afterEach(() => {
  aws.close();
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Asks once; what comes back must be one terminal event, whatever the server did. */
async function asked(
  options: Partial<ConverseOptions> = {},
  stream: StreamOptions = {},
): Promise<{ message: AssistantMessage; events: AssistantMessageEvent[] }> {
  const asking = createConverse({ aws, ...options }).stream(ask, stream);
  const events: AssistantMessageEvent[] = [];
  for await (const event of asking) events.push(event);
  const message = await asking.result();
  expect(events.filter(({ type }) => type === "done" || type === "error")).toHaveLength(1);
  expect(events.at(-1)?.type).toMatch(/done|error/u);
  expect(JSON.stringify(message)).not.toContain("very-secret-key");
  expect(message.errorMessage ?? "").not.toMatch(/[\r\n]/u);
  return { message, events };
}

/** A body that ends with the connection. */
function body(...pieces: Uint8Array[]): (socket: Socket) => void {
  return (socket) => {
    socket.write(`${EVENT_STREAM}connection: close\r\n\r\n`);
    for (const piece of pieces) socket.write(piece);
    socket.end();
  };
}

function prelude(length: number, headers: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(headers, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

describe("a server that means no good", () => {
  it.each<[string, Uint8Array[]]>([
    ["garbage", [Buffer.from("<html>hello</html>, this is not an event stream at all")]],
    ["a frame of four gigabytes", [prelude(0xffffffff, 0)]],
    ["a frame of 17 MiB", [prelude(17 * 1024 * 1024, 10)]],
    ["a frame whose headers are longer than itself", [prelude(100, 200)]],
    ["a frame of no length", [prelude(0, 0)]],
    ["half a frame and the end", [text("Hello").subarray(0, 30)]],
    ["a payload that is no JSON", [rawEvent("contentBlockDelta", "{oops")]],
    ["a payload that is a list of nothing", [rawEvent("messageStop", "null")]],
  ])("that sends %s is reported as broken, with what came before", async (_, pieces) => {
    answer = body(START, text("Kept."), ...pieces);
    const { message } = await asked();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [{ text: "Kept." }] });
  });

  it("that closes or resets in the middle of a frame leaves the text and says so", async () => {
    for (const leave of ["destroy", "resetAndDestroy"] as const) {
      answer = async (socket) => {
        socket.write(`${EVENT_STREAM}content-length: 100000\r\n\r\n`);
        socket.write(Buffer.concat([START, text("Kept."), text("lost").subarray(0, 20)]));
        await sleep(30);
        socket[leave]();
      };
      const { message } = await asked();
      expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [{ text: "Kept." }] });
      expect(message.errorMessage).toContain("cut in the middle");
    }
  });

  it("that answers 200 with a page is told from Bedrock, and the SDK's decoder is told of", async () => {
    const told: ConverseDiagnostic[] = [];
    answer = (socket) =>
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 15\r\n\r\n<html>no</html>");
    const { message } = await asked({}, { onDiagnostic: (event) => told.push(event) });
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
    expect(told.find(({ type }) => type === "decoder-fallback")).toMatchObject({
      reason: "the content type is text/html",
    });
  });

  it("that redirects is not followed", async () => {
    let requests = 0;
    answer = (socket) => {
      requests++;
      socket.end("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/steal\r\ncontent-length: 0\r\n\r\n");
    };
    const { message } = await asked();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol" });
    expect(message.errorMessage).toContain("redirects are not followed");
    expect(requests).toBe(1);
  });

  it("that dribbles a frame byte by byte is given up like a silent one", async () => {
    answer = async (socket) => {
      socket.write(`${EVENT_STREAM}content-length: 100000\r\n\r\n`);
      socket.write(Buffer.concat([START, text("Kept.")]));
      for (const byte of text("never whole".repeat(50))) {
        if (socket.destroyed) return;
        socket.write(Uint8Array.of(byte));
        await sleep(10);
      }
    };
    const { message } = await asked({ timeouts: { idleMs: 150 } });
    expect(message).toMatchObject({ stopReason: "error", errorCode: "timeout", content: [{ text: "Kept." }] });
    while (sockets.size > 0) await sleep(1);
  });

  it("that never stops sending waits for a caller that pauses, and is let go when the caller leaves", async () => {
    let written = 0;
    let waiting = false;
    const chunk = Buffer.concat(Array.from({ length: 500 }, () => text("more and more words")));
    answer = async (socket) => {
      socket.write(`${EVENT_STREAM}transfer-encoding: identity\r\n\r\n`);
      while (!socket.destroyed) {
        written += chunk.length;
        waiting = !socket.write(chunk);
        if (waiting) await Promise.race([once(socket, "drain"), once(socket, "close")]).catch(() => undefined);
      }
    };
    const stream = createConverse({ aws }).stream(ask);
    for await (const event of stream) {
      if (event.type !== "text_delta") continue;
      let before = -1;
      // Until the kernel's buffers are full and nothing moves any more.
      while (before !== written) {
        before = written;
        await sleep(150);
      }
      expect(waiting).toBe(true);
      expect(written).toBeLessThan(16 * 1024 * 1024);
      break;
    }
    while (sockets.size > 0) await sleep(1);
    expect((await stream.result()).stopReason).toBe("aborted");
  });

  it("that packs a hundred thousand frames into one body keeps their order", async () => {
    const frames = Array.from({ length: 100_000 }, () => text("x"));
    answer = body(START, Buffer.concat(frames), STOP, METADATA);
    const { message, events } = await asked();
    expect(message).toMatchObject({ stopReason: "stop", content: [{ text: "x".repeat(100_000) }] });
    expect(events.filter(({ type }) => type === "text_delta")).toHaveLength(100_000);
  });

  it.each<[string, string, object]>([
    ["a number", "42", { errorCode: "throttled" }],
    ["null", "null", { errorCode: "throttled" }],
    ["no JSON", "Too many tokens", { errorCode: "throttled" }],
    ["nothing", "", { errorCode: "throttled" }],
    ["a message that is an object", '{"message":{"a":1}}', { errorCode: "throttled" }],
    ["a capital Message", '{"Message":"Too many tokens per day, please wait."}', { errorCode: "quota-exhausted" }],
    ["a list", "[1,2]", { errorCode: "throttled" }],
  ])("that throttles in the middle with %s is understood", async (_, payload, expected) => {
    answer = body(START, text("Kept."), rawException("throttlingException", payload));
    expect((await asked()).message).toMatchObject({ stopReason: "error", ...expected, content: [{ text: "Kept." }] });
  });

  it("that throttles under a name of no kind we know is an error with that name", async () => {
    answer = body(START, exceptionFrame("somethingNewException", { message: "Novel trouble." }));
    const { message } = await asked();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "unknown" });
    expect(message.errorMessage).toContain("Novel trouble.");
  });

  it("that stops twice ends once, as it said first", async () => {
    answer = body(START, text("Hi"), STOP, eventFrame("messageStop", { stopReason: "tool_use" }), METADATA, METADATA);
    expect((await asked()).message).toMatchObject({ stopReason: "stop", rawStopReason: "end_turn" });
  });

  it("that sends the metadata first and is cut is no whole answer", async () => {
    answer = body(START, METADATA, text("Hi"), STOP);
    expect((await asked()).message).toMatchObject({ stopReason: "stop", usage: { totalTokens: 2 } });
    answer = body(METADATA, START, text("Hi"));
    expect((await asked()).message).toMatchObject({ stopReason: "error", errorCode: "protocol" });
  });

  it("that sends a call's input as a value loses nothing of it, and a call without a name is none", async () => {
    const call = (toolUse: object, input: unknown): Uint8Array[] => [
      eventFrame("contentBlockStart", { contentBlockIndex: 0, start: { toolUse } }),
      eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { toolUse: { input } } }),
      eventFrame("contentBlockStop", { contentBlockIndex: 0 }),
      eventFrame("messageStop", { stopReason: "tool_use" }),
      METADATA,
    ];
    answer = body(START, ...call({ toolUseId: "t", name: "look" }, { a: 1 }));
    expect((await asked()).message.content).toMatchObject([{ name: "look", arguments: { a: 1 } }]);
    for (const use of [{ toolUseId: "t" }, { name: "look" }, {}]) {
      answer = body(START, ...call(use, "{}"));
      expect((await asked()).message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
    }
  });

  it("keeps events it does not know, in the message and in diagnostics, but no more than twenty", async () => {
    const told: ConverseDiagnostic[] = [];
    const news = Array.from({ length: 30 }, (_, n) => eventFrame(`news${n}`, { n }));
    const image = eventFrame("contentBlockDelta", { contentBlockIndex: 1, delta: { image: { source: {} } } });
    const long = eventFrame("longNews", { words: "w".repeat(5000) });
    answer = body(START, image, long, ...news, text("Hi"), STOP, METADATA);
    const { message } = await asked({}, { onDiagnostic: (event) => told.push(event) });
    expect(message).toMatchObject({ stopReason: "stop", content: [{ text: "Hi" }] });
    expect(message.unknownEvents).toHaveLength(20);
    expect(message.unknownEvents?.slice(0, 3)).toMatchObject([
      { name: "contentBlockDelta.image" },
      { name: "longNews" },
      { name: "news0", payload: { n: 0 } },
    ]);
    expect(message.unknownEvents?.[1]).not.toHaveProperty("payload");
    expect(told.filter(({ type }) => type === "unknown-event")).toHaveLength(32);
  });

  it("whatever events it makes up, there is one end and no crash", async () => {
    const name = fc.constantFrom(
      "messageStart",
      "contentBlockStart",
      "contentBlockDelta",
      "contentBlockStop",
      "messageStop",
      "metadata",
      "x",
    );
    const index = fc.oneof(fc.nat(3), fc.constantFrom(-1, 1e20, "0", null, undefined, {}));
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, "", 0, [], {}));
    const delta = fc.oneof(
      fc.dictionary(fc.constantFrom("text", "toolUse", "reasoningContent", "citation", "toolResult"), value, {
        maxKeys: 2,
      }),
      fc.record({ toolUse: fc.record({ input: value }) }),
      fc.record({ reasoningContent: fc.dictionary(fc.constantFrom("text", "signature", "redactedContent"), value) }),
      value,
    );
    const start = fc.oneof(
      fc.record({ toolUse: fc.dictionary(fc.constantFrom("toolUseId", "name", "type"), value) }),
      value,
    );
    const usage = fc.oneof(fc.dictionary(fc.constantFrom("inputTokens", "outputTokens", "cacheDetails"), value), value);
    const payload = fc.oneof(
      value,
      fc.record({ contentBlockIndex: index, delta, start, stopReason: value, usage, trace: value, metrics: value }),
    );
    const event = fc.record({ name, payload });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        answer = body(...events.map((made) => eventFrame(made.name, made.payload ?? null)));
        const { message } = await asked();
        expect(message.content.every((part) => part.type !== "toolCall" || typeof part.arguments === "object")).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});

function rawEvent(type: string, payload: string): Uint8Array {
  return raw({ ":event-type": type, ":message-type": "event" }, payload);
}

function rawException(type: string, payload: string): Uint8Array {
  return raw({ ":exception-type": type, ":message-type": "exception" }, payload);
}

/** A frame put together by hand, for payloads that are no JSON. */
function raw(headers: Readonly<Record<string, string>>, payload: string): Uint8Array {
  const block = Buffer.concat(
    Object.entries(headers).map(([name, value]) =>
      Buffer.concat([
        Buffer.of(name.length),
        Buffer.from(name),
        Buffer.of(7, value.length >> 8, value.length & 255),
        Buffer.from(value),
      ]),
    ),
  );
  const whole = Buffer.concat([prelude(16 + block.length + payload.length, block.length), block, Buffer.from(payload)]);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(whole), 0);
  return Buffer.concat([whole, checksum]);
}
