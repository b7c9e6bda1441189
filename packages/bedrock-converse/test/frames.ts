import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";

/** The codec of the AWS SDK: what our decoder is measured against. */
const codec = new EventStreamCodec(toUtf8, fromUtf8);

/** The bytes of one event frame, as the service sends it. */
export function eventFrame(type: string, payload: unknown): Uint8Array {
  return encode({ ":event-type": type, ":content-type": "application/json", ":message-type": "event" }, payload);
}

export function exceptionFrame(type: string, payload: unknown): Uint8Array {
  return encode(
    { ":exception-type": type, ":content-type": "application/json", ":message-type": "exception" },
    payload,
  );
}

function encode(headers: Record<string, string>, payload: unknown): Uint8Array {
  const typed = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, { type: "string" as const, value }]),
  );
  return codec.encode({ headers: typed, body: fromUtf8(JSON.stringify(payload)) });
}

/** Event name and payload of each frame, read by the SDK's codec. */
export function readFrames(bytes: Uint8Array): { name: string; event: Record<string, unknown> }[] {
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    const length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
    const { headers, body } = codec.decode(bytes.subarray(at, at + length));
    frames.push({
      name: String(headers[":event-type"]?.value),
      event: JSON.parse(toUtf8(body)) as Record<string, unknown>,
    });
    at += length;
  }
  return frames;
}
