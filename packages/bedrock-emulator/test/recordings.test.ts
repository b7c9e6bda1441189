import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const folder = `${data}/recordings`;

interface Recording {
  readonly name: string;
  readonly operation: string;
  readonly modelId: string;
  readonly status: number;
  readonly request: { readonly guardrailConfig?: { readonly guardrailIdentifier?: string } };
  readonly response: { readonly message?: string } | null;
  readonly eventStream: string | null;
}

const all: Recording[] = existsSync(folder)
  ? globSync("*/*.json", { cwd: folder })
      .map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")))
      .filter((recording) =>
        /^(converse(-stream)?|count-tokens|invoke(-with-response-stream)?)$/.test(recording.operation),
      )
      // One body was cut off when it was recorded.
      .filter((recording) => typeof recording.request === "object")
  : [];
const recordings = all.filter(({ status, operation }) => status === 200 && /^(converse|invoke)/.test(operation));
// The clock of a recorded signature is long gone: its refusal is tested with the signatures.
const refusals = all.filter(
  ({ status, response }) => status >= 400 && !response?.message?.startsWith("Signature expired"),
);

function framesOf(bytes: Uint8Array): { type: unknown; body: { p?: string } }[] {
  const codec = new EventStreamCodec(toUtf8, fromUtf8);
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
    const message = codec.decode(bytes.subarray(at, at + length));
    expect(Object.keys(message.headers)).toEqual([":event-type", ":content-type", ":message-type"]);
    frames.push({ type: message.headers[":event-type"]?.value, body: JSON.parse(toUtf8(message.body)) });
    at += length;
  }
  return frames;
}

describe.skipIf(recordings.length === 0)("recorded requests that the service took", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({
      admitAnyModel: true,
      applicationProfiles: recordings.flatMap(({ modelId, operation }) => {
        const id = /:application-inference-profile\/(\w+)$/.exec(modelId)?.[1];
        // The recorded body says what stands behind the profile.
        return id && operation === "invoke" ? [{ id, name: "recorded", copyFrom: "amazon.titan-embed-text-v2:0" }] : [];
      }),
      admitForeignThinking: true,
      guardrails: recordings.flatMap(({ request }) => {
        const id = request.guardrailConfig?.guardrailIdentifier;
        return id ? [{ id, versions: [], words: [], blockedInputMessaging: "no", blockedOutputsMessaging: "no" }] : [];
      }),
    });
  });
  afterAll(() => emulator.close());

  it.each(recordings.map((recording) => [recording.name, recording] as const))("%s", async (_, recording) => {
    const answer = await fetch(
      `${emulator.url}/model/${encodeURIComponent(recording.modelId)}/${recording.operation}`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.bearerToken}`, "content-type": "application/json" },
        body: JSON.stringify(recording.request),
      },
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([answer.status, answer.status === 200 ? "" : toUtf8(bytes)]).toEqual([200, ""]);
    if (recording.operation === "invoke-with-response-stream") {
      expect(new Set(framesOf(bytes).map((frame) => frame.type))).toEqual(new Set(["chunk"]));
    }
    if (recording.operation === "converse-stream") {
      const types = framesOf(bytes).map((frame) => frame.type);
      expect([types[0], types.at(-2), types.at(-1)]).toEqual(["messageStart", "messageStop", "metadata"]);
      expect(framesOf(bytes).every(({ body }) => /^[a-zA-Z0-9]{2,61}$/.test(body.p ?? ""))).toBe(true);
    }
  });
});

const streams = recordings.filter((recording) => recording.eventStream);

describe.skipIf(streams.length === 0)("recorded streams", () => {
  it("are replayed byte for byte in chunks of any size", async () => {
    const bodies = streams.slice(0, 5).map((recording) => Buffer.from(recording.eventStream ?? "", "base64"));
    for (const chunkSize of [1_000, 37]) {
      const emulator = await startEmulator({ replay: { queue: bodies, chunkSize } });
      for (const body of bodies) {
        const answer = await fetch(`${emulator.url}/model/any.model/converse-stream`, {
          method: "POST",
          headers: { authorization: `Bearer ${emulator.bearerToken}` },
          body: "{}",
        });
        expect(answer.headers.get("content-type")).toBe("application/vnd.amazon.eventstream");
        expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
      }
      await emulator.close();
    }
  });
});

describe.skipIf(refusals.length === 0)("recorded requests that the service refused", () => {
  it.each(refusals.map((recording) => [recording.name, recording] as const))("%s", async (_, recording) => {
    const emulator = await startEmulator();
    const answer = await fetch(
      `${emulator.url}/model/${encodeURIComponent(recording.modelId)}/${recording.operation}`,
      {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.bearerToken}` },
        body: JSON.stringify(recording.request),
      },
    );
    expect([answer.status, await answer.json()]).toEqual([recording.status, { message: recording.response?.message }]);
    await emulator.close();
  });
});
