import { crc32 } from "node:zlib";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import type { Message as CodecMessage } from "@smithy/types";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Frame, FrameDecoder } from "./frame-decoder.ts";

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function decode(bytes: Uint8Array): Frame[] {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  decoder.push(bytes, (frame) => frames.push(frame));
  decoder.end();
  return frames;
}

const hex = (...parts: string[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part.replaceAll(" ", ""), "hex")));
const words = (text: string): string => Buffer.from(text).toString("hex");

/** The encoded messages of the event-stream specification: https://smithy.io/2.0/aws/amazon-eventstream.html */
const VECTORS: readonly [name: string, bytes: Buffer, payload: string][] = [
  ["an empty message", hex("00000010 00000000 05c248eb 7d98c8ff"), ""],
  ["a payload without headers", hex("0000001d 00000000 fd528c5a", words("{'foo':'bar'}"), "c3653936"), "{'foo':'bar'}"],
  [
    "a payload with a string header",
    hex(
      "0000003d 00000020 07fd8396 0c",
      words("content-type"),
      "07 0010",
      words("application/json"),
      words("{'foo':'bar'}"),
      "8d9c08b1",
    ),
    "{'foo':'bar'}",
  ],
  [
    "an integer header",
    hex("0000002d 00000010 41c424b8 0a", words("event-type"), "04 0000a00c", words("{'foo':'bar'}"), "36f480a0"),
    "{'foo':'bar'}",
  ],
];

describe("the messages of the specification", () => {
  it.each(VECTORS)("%s is read, and the SDK's codec reads the same", (_, bytes, payload) => {
    const [frame] = decode(bytes);
    expect(frame).toMatchObject({ messageType: "event", name: "" });
    expect(frame?.payload.toString()).toBe(payload);
    expect(toUtf8(codec.decode(bytes).body)).toBe(payload);
  });

  it("a message with headers of every type is read", () => {
    const headers: CodecMessage["headers"] = {
      ":message-type": { type: "string", value: "event" },
      ":event-type": { type: "string", value: "all" },
      yes: { type: "boolean", value: true },
      no: { type: "boolean", value: false },
      byte: { type: "byte", value: -49 },
      short: { type: "short", value: 42 },
      integer: { type: "integer", value: 40972 },
      buffer: { type: "binary", value: fromUtf8("I'm a little teapot!") },
      timestamp: { type: "timestamp", value: new Date(8_675_309_000) },
      uuid: { type: "uuid", value: "01020304-0506-0708-090a-0b0c0d0e0f10" },
    };
    const [frame] = decode(codec.encode({ headers, body: fromUtf8("{'foo':'bar'}") }));
    expect(frame).toMatchObject({ messageType: "event", name: "all" });
    expect(frame?.payload.toString()).toBe("{'foo':'bar'}");
  });

  it.each<[string, number]>([
    ["a length", 3],
    ["a header's length", 7],
    ["a header", 15],
    ["a payload", 50],
    ["a prelude's checksum", 9],
    ["a message's checksum", 60],
  ])("%s that was changed is refused", (_, at) => {
    const bytes = Buffer.from(VECTORS[2]?.[1] ?? []);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(() => decode(bytes)).toThrow(/event stream is corrupt/u);
    expect(() => codec.decode(bytes)).toThrow();
  });
});

/** What both decoders are asked: the string headers that name a frame, and its payload; undefined for a refusal. */
function byCodec(bytes: Uint8Array): string | undefined {
  try {
    const { headers, body } = codec.decode(bytes);
    const said = (name: string): string | undefined => {
      const header = headers[name];
      return header?.type === "string" ? header.value : undefined;
    };
    const type = said(":message-type") ?? "event";
    const names: Readonly<Record<string, string>> = { event: ":event-type", exception: ":exception-type" };
    return JSON.stringify([type, said(names[type] ?? ":error-code") ?? "", Buffer.from(body).toString("hex")]);
  } catch {
    return undefined;
  }
}

function byOwn(bytes: Uint8Array): string | undefined {
  try {
    const frames = decode(bytes);
    expect(frames).toHaveLength(1);
    return JSON.stringify(
      frames.map(({ messageType, name, payload }) => [messageType, name, payload.toString("hex")])[0],
    );
  } catch (error) {
    expect(String(error)).toMatch(/event stream is corrupt/u);
    return undefined;
  }
}

/** A frame around any bytes as headers, with sound checksums. */
function framed(headers: Uint8Array, payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(16 + headers.length + payload.length);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(headers.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  bytes.set(headers, 12);
  bytes.set(payload, 12 + headers.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

const header = fc.tuple(
  fc.constantFrom(":message-type", ":event-type", ":exception-type", ":error-code", "other", ""),
  fc.oneof(
    fc.record({ type: fc.constant("string" as const), value: fc.constantFrom("event", "exception", "error", "x", "") }),
    fc.record({ type: fc.constant("boolean" as const), value: fc.boolean() }),
    fc.record({ type: fc.constant("integer" as const), value: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) }),
    fc.record({ type: fc.constant("binary" as const), value: fc.uint8Array({ maxLength: 20 }) }),
  ),
);
const message = fc
  .record({ headers: fc.array(header, { maxLength: 5 }), body: fc.uint8Array({ maxLength: 60 }) })
  .map(({ headers, body }) => codec.encode({ headers: Object.fromEntries(headers), body }));

describe("side by side with the SDK's codec", () => {
  it("reads the same from what the codec wrote", () => {
    fc.assert(
      fc.property(message, (bytes) => {
        expect(byOwn(bytes)).toBe(byCodec(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it("refuses what it refuses and takes what it takes, after any change of bytes", () => {
    const change = fc.record({ at: fc.nat(), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(message, fc.array(change, { maxLength: 4 }), fc.nat(3), (bytes, changes, cut) => {
        const changed = Uint8Array.from(cut === 0 ? bytes.subarray(0, -1) : bytes);
        for (const { at, to } of changes) changed[at % changed.length] = to;
        expect(byOwn(changed)).toBe(byCodec(changed));
      }),
      { numRuns: 5000 },
    );
  });

  it("is the stricter one of any bytes as headers under sound checksums, and never reads something else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 8 }), (headers, payload) => {
        const bytes = framed(headers, payload);
        const own = byOwn(bytes);
        if (own !== undefined) expect(byCodec(bytes)).toBe(own);
      }),
      { numRuns: 5000 },
    );
  });
});
