import type { Readable } from "node:stream";
import type { HttpResponse, MiddlewareStack, Pluggable } from "@smithy/types";
import { RawEventStream } from "./raw-event-stream.ts";

const EVENT_STREAM = "application/vnd.amazon.eventstream";

/** What is learnt of one call's answer while the SDK handles it. */
export interface SeenAnswer {
  /** The body as it came from the connection. */
  body?: Readable;
  /** Told why the own decoder leaves an accepted answer to the SDK's. */
  readonly onRefused?: (reason: string) => void;
}

/**
 * Takes the body of a streamed answer away before the SDK decodes it, and gives it back as a `RawEventStream` in
 * `output.stream`. Signing, retries, endpoints and errors stay the SDK's: anything but a 200 of the event-stream type
 * goes its way untouched, and `onRefused` hears why.
 *
 * It is installed by step and priority, never by a middleware's name: "low" sits next to the HTTP handler and sees the
 * raw response, "high" sits outside the SDK's deserializer and sees its output. Each call has its own stack, closure and
 * `seen`, so nothing is shared between calls.
 */
export function ownDecoder(seen: SeenAnswer): Pluggable<object, object> {
  return {
    applyToStack(stack: MiddlewareStack<object, object>): void {
      let body: Readable | undefined;
      stack.add(
        (next) => async (args) => {
          const result = await next(args);
          const response = result.response as Partial<HttpResponse> | undefined;
          const refusal = refusalOf(response);
          if (refusal !== undefined) {
            if (isAccepted(response)) seen.onRefused?.(refusal);
          } else if (response) {
            body = response.body as Readable;
            seen.body = body;
            response.body = NOTHING;
          }
          return result;
        },
        { step: "deserialize", priority: "low", name: "clawrockTakeEventStream" },
      );
      stack.add(
        (next) => async (args) => {
          body = undefined;
          const result = await next(args);
          if (body) Object.assign(result.output ?? {}, { stream: new RawEventStream(body) });
          return result;
        },
        { step: "deserialize", priority: "high", name: "clawrockGiveEventStream" },
      );
    },
  };
}

/** Leaves the body to the SDK's decoder and only notes it, so that leaving the stream can close its socket. */
export function sdkDecoder(seen: SeenAnswer): Pluggable<object, object> {
  return {
    applyToStack(stack: MiddlewareStack<object, object>): void {
      stack.add(
        (next) => async (args) => {
          const result = await next(args);
          const { body } = (result.response ?? {}) as Partial<HttpResponse>;
          if (isReadable(body)) seen.body = body;
          return result;
        },
        { step: "deserialize", priority: "low", name: "clawrockNoteBody" },
      );
    },
  };
}

function refusalOf(response: Partial<HttpResponse> | undefined): string | undefined {
  const { statusCode, headers, body } = response ?? {};
  const type = headers?.["content-type"];
  if (statusCode !== 200) return `the status is ${statusCode}`;
  if (type?.split(";")[0]?.trim().toLowerCase() !== EVENT_STREAM) return `the content type is ${type ?? "missing"}`;
  return isReadable(body) ? undefined : "the body is not a stream of Node";
}

/** Refusals of the request are no answers: nobody misses a decoder there. */
function isAccepted(response: Partial<HttpResponse> | undefined): boolean {
  const { statusCode = 0 } = response ?? {};
  return statusCode >= 200 && statusCode < 300;
}

function isReadable(body: unknown): body is Readable {
  return typeof (body as Partial<Readable> | undefined)?.read === "function";
}

/** The SDK's decoder reads its stream lazily, and this one is never read. */
const NOTHING: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
};
