import { BedrockError, type ErrorContext } from "@clawrock/conversation";
import { readText } from "../discovery/read-text.ts";
import { htmlAnswer, isHtml } from "../mantle-error.ts";
import { record } from "../turn/json.ts";
import { errorFrame } from "./error-frame.ts";

const MAX_ERROR_BYTES = 256 * 1024;

/**
 * The body of an accepted request, if it is a stream of events.
 * @throws BedrockError for a web page, an error with status 200, and an answer that is not streamed.
 */
export async function streamBody(response: Response, context: ErrorContext): Promise<ReadableStream<Uint8Array>> {
  const { body, headers, status } = response;
  const action = context.action ?? "The request";
  if (isHtml(headers, "")) {
    await body?.cancel();
    throw htmlAnswer({ status }, action);
  }
  const type = headers.get("content-type") ?? "";
  if (type.includes("json")) {
    const error = errorFrame(record(parsed(await readText(response, MAX_ERROR_BYTES))), context);
    throw error ?? notStreamed(action, `with ${type}`);
  }
  if (!body) throw notStreamed(action, "without a body");
  return body;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notStreamed(action: string, how: string): BedrockError {
  const problem = `${action} was answered ${how} instead of a stream of events`;
  const fix = "Check the endpoint URL, and that no proxy between changes answers";
  return new BedrockError({ kind: "protocol", problem, fix });
}
