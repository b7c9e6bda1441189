import { EventStreamCodec } from "@smithy/eventstream-codec";
import { fromUtf8, toUtf8 } from "@smithy/util-utf8";

const codec = new EventStreamCodec(toUtf8, fromUtf8);
const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Makes frames as the service sends them: string headers in its order, keys sorted, padding `p` of changing length. */
export interface FrameWriter {
  event(type: string, payload: Readonly<Record<string, unknown>>): Uint8Array;
  /** A modelled exception in the stream; `type` is the exception's name as it is in HTTP errors. */
  exception(type: string, message: string): Uint8Array;
}

export function frameWriter(): FrameWriter {
  let count = 0;
  return {
    event(type, payload) {
      // 2 to 61 characters, as recorded; any sequence that wanders over that range will do.
      const padding = alphabet.slice(0, 2 + ((count++ * 37 + 11) % 60));
      return frame(
        { ":event-type": type, ":content-type": "application/json", ":message-type": "event" },
        sorted({ ...payload, p: padding }),
      );
    },
    exception(type, message) {
      return frame(
        {
          ":exception-type": `${type.charAt(0).toLowerCase()}${type.slice(1)}`,
          ":content-type": "application/json",
          ":message-type": "exception",
        },
        { message },
      );
    },
  };
}

function frame(headers: Readonly<Record<string, string>>, payload: unknown): Uint8Array {
  return codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: "string", value }])),
    body: fromUtf8(JSON.stringify(payload)),
  });
}

function sorted(payload: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(payload).sort(([left], [right]) => (left < right ? -1 : 1)));
}
