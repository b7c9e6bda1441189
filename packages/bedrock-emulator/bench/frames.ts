/**
 * How fast the emulator streams to one client, and how fast it starts.
 * `node --conditions=@clawrock/source packages/bedrock-emulator/bench/frames.ts`
 */
import { get, request } from "node:http";
import { frameWriter } from "../src/converse/frames.ts";
import { type Emulator, type EmulatorOptions, startEmulator } from "../src/index.ts";

const frames = 200_000;

/** Frames of a known script, encoded ahead. */
function script(count: number): Buffer {
  const writer = frameWriter();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < count; at++) {
    const payload = { contentBlockIndex: 0, delta: { text: ` word${at % 100}` } };
    parts.push(writer.event("contentBlockDelta", payload));
  }
  return Buffer.concat(parts);
}

/** Bytes of one streamed answer, and the seconds until the last of them. */
function stream(emulator: Emulator, text: string): Promise<{ bytes: number; frames: number; seconds: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request(`${emulator.url}/model/us.amazon.nova-2-lite-v1:0/converse-stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}` },
    });
    sent.on("error", reject);
    sent.on("response", (answer) => {
      let bytes = 0;
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
      });
      answer.on("end", () => {
        const seconds = (performance.now() - began) / 1000;
        resolve({ bytes, frames: countFrames(Buffer.concat(chunks)), seconds });
      });
    });
    sent.end(JSON.stringify({ messages: [{ role: "user", content: [{ text }] }] }));
  });
}

function countFrames(body: Buffer): number {
  let count = 0;
  for (let at = 0; at < body.length; at += body.readUInt32BE(at)) count++;
  return count;
}

async function measure(name: string, options: EmulatorOptions, text = "Hello"): Promise<void> {
  const emulator = await startEmulator(options);
  const result = await stream(emulator, text);
  await emulator.close();
  const rate = Math.round(result.frames / result.seconds);
  console.log(
    `${name}: ${result.frames} frames, ${(result.bytes / 1e6).toFixed(1)} MB in ${result.seconds.toFixed(2)} s: ${rate.toLocaleString("en")} frames/s`,
  );
}

async function measureStart(): Promise<void> {
  const times: number[] = [];
  for (let at = 0; at < 20; at++) {
    const began = performance.now();
    const emulator = await startEmulator();
    await new Promise((resolve, reject) => {
      get(emulator.url, (answer) => answer.resume().on("end", resolve)).on("error", reject);
    });
    times.push(performance.now() - began);
    await emulator.close();
  }
  times.sort((left, right) => left - right);
  console.log(`start to first answer: median ${times[10]?.toFixed(1)} ms, worst ${times.at(-1)?.toFixed(1)} ms`);
}

const body = script(frames);
await measureStart();
await measure("script, encoded ahead", { replay: { queue: [body] } });
await measure("script, in chunks of 64 KiB", { replay: { queue: [body], chunkSize: 65_536 } });
await measure("engine, encoded as it speaks", {
  engine: function* () {
    for (let at = 0; at < frames; at++) yield { kind: "text", text: ` word${at % 100}` };
    yield { kind: "stop", reason: "end_turn" };
  },
});
