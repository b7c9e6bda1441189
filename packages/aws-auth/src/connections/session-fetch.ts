import type { Readable } from "node:stream";
import { AwsAuthError } from "../aws-auth-error.ts";
import type { SessionFetch, SharedRequestHandler } from "../types.ts";

type Answer = Awaited<ReturnType<SharedRequestHandler["handle"]>>["response"];

/**
 * A `fetch` over the connections of a session. Node's own knows neither `AWS_CA_BUNDLE` nor a session's timeouts, and a proxy
 * only where the process was started for it.
 */
export function sessionFetch(handler: Pick<SharedRequestHandler, "handle">): SessionFetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const request = await toHttpRequest(asked);
    try {
      const { response } = await handler.handle(request, signal ? { abortSignal: signal } : {});
      return toResponse(response, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error instanceof AwsAuthError ? error : new TypeError("fetch failed", { cause: error });
    }
  };
}

async function toHttpRequest(asked: Request): Promise<Parameters<SharedRequestHandler["handle"]>[0]> {
  const { HttpRequest } = await import("@smithy/protocol-http");
  const { protocol, hostname, port, pathname, search } = new URL(asked.url);
  return new HttpRequest({
    protocol,
    hostname,
    method: asked.method,
    path: `${pathname}${search}`,
    // Nothing here unpacks an answer.
    headers: { accept: "*/*", "accept-encoding": "identity", ...Object.fromEntries(asked.headers) },
    ...(port && { port: Number(port) }),
    ...(asked.body && { body: new Uint8Array(await asked.arrayBuffer()) }),
  });
}

function toResponse({ statusCode: status, reason, headers, body }: Answer, signal: AbortSignal | undefined): Response {
  // HTTP/2 has its status among the headers.
  const fields = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  const init = { status, headers: fields, ...(reason && { statusText: reason }) };
  // Loaded with the first answer, not with the package.
  const { Readable: Stream } = process.getBuiltinModule("node:stream");
  if (!(body instanceof Stream)) return new Response(null, init);
  if (status === 204 || status === 205 || status === 304) {
    body.resume();
    return new Response(null, init);
  }
  return new Response(streamOf(body, signal), init);
}

/** What arrives, as it arrives. To cancel it or to abort the request closes the connection. */
function streamOf(body: Readable, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  const abort = (): void => {
    body.destroy();
  };
  signal?.addEventListener("abort", abort, { once: true });
  // An abort may come while nobody reads.
  body.on("error", () => {});
  body.once("close", () => signal?.removeEventListener("abort", abort));
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (signal?.aborted) throw signal.reason;
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        throw signal?.aborted ? signal.reason : new TypeError("terminated", { cause: error });
      }
    },
    cancel: abort,
  });
}
