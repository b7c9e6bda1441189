import {
  type BedrockError,
  bedrockErrorFromService,
  type ErrorContext,
  type ServiceAnswer,
} from "@clawrock/conversation";
import { isRecord, record, text } from "../turn/json.ts";
import { frameStatus } from "./frame-status.ts";

/**
 * The error that a frame of a stream tells: `{"error": {…}}`, `{"type": "error", "message": …}` without any sequence
 * number, or AWS's bare `{"message": …}`. Undefined where it tells none.
 */
export function errorFrame(frame: Record<string, unknown>, context: ErrorContext): BedrockError | undefined {
  const { error } = frame;
  const said = isRecord(error) ? error : typeof error === "string" && error !== "" ? { message: error } : frame;
  const message = text(said["message"]) || text(said["Message"]);
  if (message === "" && said === frame) return undefined;
  return bedrockErrorFromService(serviceAnswer(said, message), context);
}

/** The error inside a failed response. */
export function failure(error: unknown, context: ErrorContext): BedrockError {
  const said = record(error);
  const message = text(said["message"]) || "the response failed, and the service does not say why";
  return bedrockErrorFromService(serviceAnswer(said, message), context);
}

function serviceAnswer(said: Record<string, unknown>, message: string): ServiceAnswer {
  const { type, code } = said;
  const name = text(type) === "error" ? "" : text(type);
  const word = name || text(code);
  const status = frameStatus(word || undefined, code);
  const told = text(code) !== "" && !message.includes(text(code)) ? `${message} (${text(code)})` : message;
  return { name: word || undefined, status, message: told === "" ? word : told };
}
