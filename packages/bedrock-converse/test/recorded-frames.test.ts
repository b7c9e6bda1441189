import { existsSync } from "node:fs";
import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { FrameDecoder } from "../src/index.ts";
import { recordings, recordingsFolder } from "./recordings.ts";

const SMALL = 16 * 1024;
const RANDOM_SPLITS = 1000;

/** One figure for everything the frames hold, in order. */
function digest(pieces: readonly Uint8Array[]): number {
  const decoder = new FrameDecoder();
  let sum = 0;
  for (const piece of pieces) {
    decoder.push(piece, ({ messageType, name, payload }) => {
      sum = crc32(payload, crc32(`${messageType} ${name} ${payload.length} `, sum));
    });
  }
  decoder.end();
  return sum;
}

function boundaries(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += view.getUint32(at)) ends.push(at);
  return [...ends, bytes.length];
}

/** Small numbers that look random and are the same in each run. */
function* pseudoRandom(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.skipIf(!existsSync(recordingsFolder))("recorded bodies, cut anywhere", () => {
  const all = existsSync(recordingsFolder) ? recordings() : [];
  it.each(all.filter(({ bytes }) => bytes.length <= SMALL))(
    "$name reads the same when cut at any byte",
    ({ bytes }) => {
      const whole = digest([bytes]);
      for (let at = 1; at < bytes.length; at++) {
        if (digest([bytes.subarray(0, at), bytes.subarray(at)]) !== whole) expect.fail(`cut at ${at}`);
      }
    },
    120_000,
  );

  it.each(all.filter(({ bytes }) => bytes.length > SMALL))(
    "$name reads the same when cut around each frame and at random",
    ({ bytes }) => {
      const whole = digest([bytes]);
      const cuts = boundaries(bytes);
      for (let shift = -16; shift <= 16; shift++) {
        const places = cuts.map((cut) => Math.min(Math.max(cut + shift, 0), bytes.length));
        const pieces = [0, ...places].map((from, n) => bytes.subarray(from, places[n] ?? bytes.length));
        if (digest(pieces) !== whole) expect.fail(`cut ${shift} bytes from the frames`);
      }
      const random = pseudoRandom(bytes.length);
      for (let split = 0; split < RANDOM_SPLITS; split++) {
        const places = Array.from({ length: 3 }, () => Math.floor(random.next().value * bytes.length)).sort(
          (a, b) => a - b,
        );
        const pieces = [0, ...places].map((from, n) => bytes.subarray(from, places[n] ?? bytes.length));
        if (digest(pieces) !== whole) expect.fail(`cut at ${places}`);
      }
    },
    120_000,
  );

  it("any single bit flipped in a recorded frame is caught", () => {
    const frames = all.flatMap(({ bytes }) => {
      const [from = 0, to = 0] = boundaries(bytes).slice(1, 3);
      return to - from > 0 && to - from < 400 ? [bytes.slice(from, to)] : [];
    });
    expect(frames.length).toBeGreaterThan(10);
    for (const frame of frames.slice(0, 12)) {
      for (let bit = 0; bit < frame.length * 8; bit++) {
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(() => digest([frame])).toThrow(/event stream is corrupt/u);
        frame[bit >> 3] = (frame[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      }
    }
  }, 60_000);
});
