import {
  BedrockError,
  bedrockErrorFromService,
  type ErrorContext,
  type ServiceAnswer,
  toBedrockError,
} from "@clawrock/conversation";
import type { APIError } from "openai";
import { frameStatus } from "./stream/frame-status.ts";

/** Any failure of a call through the `openai` client as a `BedrockError`. */
export async function mantleError(error: unknown, context: ErrorContext): Promise<BedrockError> {
  const told = causeWithKind(error);
  if (told) return toBedrockError(told, context);
  const { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } = await import("openai");
  const action = context.action ?? "The request";
  if (error instanceof APIUserAbortError) {
    return new BedrockError({ kind: "aborted", problem: `${action} was aborted`, cause: error });
  }
  if (error instanceof APIConnectionTimeoutError) {
    const fix = "Try again later";
    return new BedrockError({ kind: "timeout", problem: `${action} got no answer in time`, fix, cause: error });
  }
  if (error instanceof APIError && (error.status !== undefined || error.error !== undefined)) {
    return answered(error, context);
  }
  if (error instanceof SyntaxError) {
    const problem = `${action}: the stream holds something that is not JSON`;
    return new BedrockError({ kind: "protocol", problem, fix: "Send the request again", cause: error });
  }
  const cut = cutOff(error, action);
  if (cut) return cut;
  const known = toBedrockError(error, context);
  if (known.kind !== "unknown" || !(error instanceof APIConnectionError)) return known;
  const problem = `${action} got no answer from the endpoint: ${innermost(error).message}`;
  const fix = "Check the endpoint (AWS_ENDPOINT_URL*), the region, the network and proxy";
  return new BedrockError({ kind: "unreachable", problem, fix, cause: error });
}

function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

/** An error of ours or of the session that the client wrapped, e.g. credentials that could not be resolved. */
function causeWithKind(error: unknown): Error | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    if ("kind" in current && "problem" in current) return current;
  }
  return undefined;
}

function answered(error: APIError, context: ErrorContext): BedrockError {
  const service = serviceAnswer(error);
  const { status, message = "" } = service;
  const action = context.action ?? "The request";
  if (status !== undefined && status >= 300 && status < 400) {
    const target = redirectTarget(error.headers?.get("location"));
    const problem = `${action} was answered with a redirect (${status}) to ${target}, which is not followed because the token would go with it`;
    const fix = "Check the endpoint URL, and that no proxy or login page stands before it";
    return new BedrockError({ kind: "protocol", problem, fix, service, cause: error });
  }
  if (isHtml(error.headers, message)) return htmlAnswer({ status }, action, error);
  return bedrockErrorFromService(service, context, error);
}

/** A web page where an API answer was due. */
export function htmlAnswer(service: ServiceAnswer, action: string, cause?: unknown): BedrockError {
  const problem = `${action} was answered with a web page (status ${service.status ?? "unknown"}) instead of an API answer`;
  const fix = "Check the endpoint URL, and the proxy or load balancer before it";
  const kind = (service.status ?? 0) >= 500 ? "unreachable" : "protocol";
  return new BedrockError({ kind, problem, fix, service, cause });
}

export function isHtml(headers: Headers | undefined, text: string): boolean {
  return (
    headers?.get("content-type")?.includes("text/html") === true || /^\s*(?:\d{3} )?<(?:!doctype|html)/iu.test(text)
  );
}

function serviceAnswer(error: APIError): ServiceAnswer {
  const code = typeof error.code === "string" ? error.code : undefined;
  const type = typeof error.type === "string" ? error.type : undefined;
  // The client puts the status in front: `404 The model 'x' does not exist`.
  const text = error.message.replace(/^\d{3} /u, "");
  const message = code && !text.includes(code) ? `${text} (${code})` : text;
  const requestId = error.requestID ?? error.headers?.get("x-amzn-requestid") ?? undefined;
  return { name: type ?? code, status: error.status ?? frameStatus(type, error.code), message, requestId };
}

/** Host or path; a query may hold the state of a login. */
function redirectTarget(location: string | null | undefined): string {
  const target = location ? URL.parse(location) : null;
  return target ? target.host : (location?.split(/[?#]/u)[0] ?? "nowhere");
}

/** The words of `fetch` for a body that ended before its time. */
function cutOff(error: unknown, action: string): BedrockError | undefined {
  if (!(error instanceof TypeError && error.message === "terminated")) return undefined;
  const problem = `${action}: the connection was cut before the end of the answer`;
  return new BedrockError({ kind: "protocol", problem, fix: "Send the request again", cause: error });
}
