import type { AssistantMessage } from "@clawrock/conversation";
import type { HostLogger } from "../host-types.ts";
import { failoverKind } from "./failover.ts";
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
export function noteError(logger: HostLogger, failed: AssistantMessage, turn: TurnOf): AssistantMessage {
  const { errorMessage, errorCode } = failed;
  if (errorCode === "aborted" || errorMessage === undefined) return failed;
  // What the host itself streams has codes of the service's or of its own.
  const kind = failoverKind({ errorMessage, ...(errorCode !== undefined && { code: errorCode }) });
  const told = { ...failed, errorMessage: lineForHost(errorMessage, kind, countFailure(keyOf(turn), kind)) };
  rememberError(told.errorMessage, kind);
  const same = errorMessage.replace(/ \(request id [^)]*\)/u, "");
  if (same !== lastLine) logger.warn(errorMessage);
  lastLine = same;
  return told;
}

/** The turn was answered: what failed before it is over. */
export function noteAnswer(turn: TurnOf): void {
  endRun(keyOf(turn));
}

function keyOf({ session, provider, model }: TurnOf): string {
  return JSON.stringify([session, provider, model]);
}
