import type { Readable } from "node:stream";
import type { DeserializeHandlerOutput, HttpResponse, MiddlewareStack, Pluggable } from "@smithy/types";
import { RawEventStream } from "./raw-event-stream.ts";

const EVENT_STREAM = "application/vnd.amazon.eventstream";

/**
 * Takes the body of a streamed answer away before the SDK decodes it, and gives it back as a `RawEventStream` in
 * `output.stream`. Signing, retries, endpoints and errors stay the SDK's: anything but a 200 of the event-stream type
 * goes its way untouched.
 *
 * It is installed by step and priority, never by a middleware's name: "low" sits next to the HTTP handler and sees the
 * raw response, "high" sits outside the SDK's deserializer and sees its output. Each call has its own stack and closure,
 * so nothing is shared between calls.
 */
export const ownDecoder: Pluggable<object, object> = {
  applyToStack(stack: MiddlewareStack<object, object>): void {
    let body: Readable | undefined;
    stack.add(
      (next) => async (args) => {
        const result = await next(args);
        const response = result.response as Partial<HttpResponse> | undefined;
        if (response && isEventStream(response)) {
          body = response.body as Readable;
          response.body = NOTHING;
        }
        return result;
      },
      { step: "deserialize", priority: "low", name: "clawrockTakeEventStream" },
    );
    stack.add(
      (next) => async (args) => {
        body = undefined;
        const result: DeserializeHandlerOutput<object> = await next(args);
        if (body) Object.assign(result.output ?? {}, { stream: new RawEventStream(body) });
        return result;
      },
      { step: "deserialize", priority: "high", name: "clawrockGiveEventStream" },
    );
  },
};

function isEventStream({ statusCode, headers, body }: Partial<HttpResponse>): boolean {
  return (
    statusCode === 200 &&
    headers?.["content-type"]?.startsWith(EVENT_STREAM) === true &&
    typeof body?.read === "function"
  );
}

/** The SDK's decoder reads its stream lazily, and this one is never read. */
const NOTHING: AsyncIterable<Uint8Array> = {
  async *[Symbol.asyncIterator]() {},
};
