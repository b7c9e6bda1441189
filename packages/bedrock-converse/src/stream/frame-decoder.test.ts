import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventFrame, exceptionFrame } from "../../test/frames.ts";
import { type Frame, FrameDecoder } from "./frame-decoder.ts";

function decode(pieces: readonly Uint8Array[]): Frame[] {
  const decoder = new FrameDecoder();
  const frames: Frame[] = [];
  for (const piece of pieces)
    decoder.push(piece, (frame) => frames.push({ ...frame, payload: Buffer.from(frame.payload) }));
  decoder.end();
  return frames;
}

const event = fc.record({ name: fc.stringMatching(/^[a-zA-Z]{1,20}$/u), payload: fc.jsonValue() });

/** Bytes cut at the given places, taken modulo their length. */
function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

describe("FrameDecoder", () => {
  it("reads what the SDK's codec wrote, cut anywhere", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (events, places) => {
        const bytes = Buffer.concat(events.map(({ name, payload }) => eventFrame(name, payload)));
        const read = decode(cutAt(bytes, places)).map((frame) => ({
          name: frame.name,
          payload: JSON.parse(frame.payload.toString()),
        }));
        expect(read).toEqual(JSON.parse(JSON.stringify(events)));
      }),
    );
  });

  it("reads a frame byte by byte", () => {
    const bytes = Buffer.concat([
      eventFrame("messageStart", { role: "assistant" }),
      exceptionFrame("throttlingException", { message: "x" }),
    ]);
    const frames = decode([...bytes].map((byte) => Uint8Array.of(byte)));
    expect(frames.map(({ messageType, name }) => [messageType, name])).toEqual([
      ["event", "messageStart"],
      ["exception", "throttlingException"],
    ]);
  });

  it("catches every single flipped bit", () => {
    const bytes = eventFrame("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "hello" }, p: "abc" });
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => decode([flipped]), `bit ${bit}`).toThrow(/event stream is corrupt/u);
    }
  });

  it("says that a body ended within a frame", () => {
    const bytes = eventFrame("messageStart", { role: "assistant" });
    expect(() => decode([bytes.subarray(0, -1)])).toThrow("the body ended within a frame");
  });

  it("refuses a frame longer than the specification allows", () => {
    const prelude = Buffer.alloc(12);
    prelude.writeUInt32BE(0x7fffffff, 0);
    prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
    expect(() => decode([prelude])).toThrow("claims 2147483647 bytes");
  });

  it("skips headers of every type and reads the strings among them", () => {
    const header = (name: string, type: number, value: number[]): number[] => [
      name.length,
      ...Buffer.from(name),
      type,
      ...value,
    ];
    const headers = Buffer.from([
      ...[0, 1].flatMap((type) => header(`bool${type}`, type, [])),
      ...header("byte", 2, [1]),
      ...header("short", 3, [0, 1]),
      ...header("int", 4, [0, 0, 0, 1]),
      ...header("long", 5, [0, 0, 0, 0, 0, 0, 0, 1]),
      ...header("bytes", 6, [0, 2, 9, 9]),
      ...header("time", 8, [0, 0, 0, 0, 0, 0, 0, 1]),
      ...header(
        "uuid",
        9,
        Array.from({ length: 16 }, () => 7),
      ),
      ...header(":event-type", 7, [0, 3, ...Buffer.from("xyz")]),
    ]);
    const frame = Buffer.alloc(12 + headers.length + 2 + 4);
    frame.writeUInt32BE(frame.length, 0);
    frame.writeUInt32BE(headers.length, 4);
    frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
    headers.copy(frame, 12);
    frame.write("{}", 12 + headers.length);
    frame.writeUInt32BE(crc32(frame.subarray(0, -4)), frame.length - 4);
    expect(decode([frame])).toMatchObject([{ messageType: "event", name: "xyz" }]);
  });
});
