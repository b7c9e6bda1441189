import { type BedrockError, bedrockErrorFromService, type ErrorContext } from "@clawrock/conversation";
import type { Frame } from "./frame-decoder.ts";

/** HTTP status that the service's model gives each exception; the frames come after a 200 and carry none. */
const STATUS: Readonly<Record<string, number>> = {
  internalServerException: 500,
  modelStreamErrorException: 424,
  modelTimeoutException: 408,
  serviceUnavailableException: 503,
  throttlingException: 429,
  validationException: 400,
};

/** The error that an exception or error frame reports. */
export function errorOfFrame(frame: Frame, requestId: string | undefined, context: ErrorContext): BedrockError {
  const name = frame.name.charAt(0).toUpperCase() + frame.name.slice(1);
  const message = frame.errorMessage ?? messageIn(frame.payload);
  return bedrockErrorFromService({ name, status: STATUS[frame.name], message, requestId }, context);
}

function messageIn(payload: Buffer): string | undefined {
  try {
    const body = JSON.parse(payload.toString("utf8")) as { message?: unknown; Message?: unknown };
    const message = body.message ?? body.Message;
    return typeof message === "string" ? message : undefined;
  } catch {
    return payload.toString("utf8").slice(0, 500) || undefined;
  }
}
