import type { AssistantMessage } from "@clawrock/conversation";
import type { HostLogger } from "../host-types.ts";
import { rememberError } from "./recent-errors.ts";

let last: string | undefined;

/**
 * Keeps an error for the host's questions about it, and says it in the log: what the host itself shows is "authentication
 * was rejected", which names neither the problem nor the fix. Attempts that fail alike are said once.
 */
export function noteError(logger: HostLogger, failed: AssistantMessage): void {
  rememberError(failed);
  const { errorMessage, errorCode } = failed;
  if (errorCode === "aborted" || errorMessage === undefined) return;
  const same = errorMessage.replace(/ \(request id [^)]*\)/u, "");
  if (same === last) return;
  last = same;
  logger.warn(errorMessage);
}
