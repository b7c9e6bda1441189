import type { AssistantMessage } from "@clawrock/conversation";
import type { HostLogger } from "../host-types.ts";
import { isErrorKind } from "./failover.ts";
import { lineForHost } from "./for-host.ts";
import { rememberError } from "./recent-errors.ts";
import { countFailure, endRun } from "./transient-run.ts";

/** What a turn is counted by. */
export interface TurnOf {
  readonly session: string | undefined;
  readonly provider: string;
  readonly model: string;
}

let lastLine: string | undefined;

/**
 * Keeps an error for the host's questions about it, says it in the log, and words it so that the host does not try for ever. What the
 * host itself shows is "authentication was rejected", which names neither the problem nor the fix. Attempts that fail alike are said
 * once.
 */
export function noteError(logger: HostLogger, failed: AssistantMessage, turn: TurnOf): void {
  const { errorMessage, errorCode } = failed;
  if (errorCode === "aborted" || errorMessage === undefined) return;
  const kind = errorCode !== undefined && isErrorKind(errorCode) ? errorCode : "unknown";
  failed.errorMessage = lineForHost(errorMessage, kind, countFailure(keyOf(turn), kind));
  rememberError(failed);
  const same = errorMessage.replace(/ \(request id [^)]*\)/u, "");
  if (same === lastLine) return;
  lastLine = same;
  logger.warn(errorMessage);
}

/** The turn was answered: what failed before it is over. */
export function noteAnswer(turn: TurnOf): void {
  endRun(keyOf(turn));
}

function keyOf({ session, provider, model }: TurnOf): string {
  return JSON.stringify([session, provider, model]);
}
