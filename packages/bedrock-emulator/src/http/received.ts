import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import { isJsonObject, type Json, type JsonObject, parseJson } from "../json.ts";
import { httpRefusal } from "./http-refusals.ts";
import { ServiceError } from "./service-error.ts";

/** A request as it came over the socket, body read. */
export interface Received {
  readonly method: string;
  /** The path as sent, still percent-encoded: the signature covers it. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body was more than the service reads, and is left out. */
  readonly tooLarge: boolean;
}

/** What the service reads at most of one request's body. */
const maxBodyBytes = 64 * 1024 * 1024;

/** Reads a request to its end. Throws when the caller hangs up before. */
export async function receive(request: IncomingMessage | Http2ServerRequest): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) break;
    chunks.push(chunk);
  }
  const tooLarge = size > maxBodyBytes;
  // A reset HTTP/2 stream ends its body as if it were complete.
  if (!tooLarge && request.aborted) throw new Error("The caller hung up before the request was complete.");
  if (tooLarge) chunks.length = 0;
  const target = request.url ?? "/";
  const cut = target.indexOf("?");
  return {
    method: request.method ?? "GET",
    rawPath: cut < 0 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? "" : target.slice(cut + 1)),
    headers: request.headers,
    tooLarge,
    body: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks),
  };
}

/** The body as a JSON value, `undefined` when there is none or it is not JSON. */
export function jsonBody(received: Received): Json | undefined {
  if (received.body.length === 0) return undefined;
  try {
    return parseJson(received.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** The body as a JSON object. Throws the service's own `SerializationException` otherwise. */
export function jsonObjectBody(received: Received): JsonObject {
  const body = jsonBody(received);
  if (isJsonObject(body)) return body;
  if (received.body.length === 0) return {};
  throw new ServiceError("SerializationException", httpRefusal("body-not-json"));
}
