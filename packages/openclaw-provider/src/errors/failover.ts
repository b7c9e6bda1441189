import { bedrockErrorFromService, type ErrorKind } from "@clawrock/conversation";
import type { FailoverContext, FailoverReason } from "../host-types.ts";
import { rememberedKind } from "./recent-errors.ts";

/**
 * What the host should do about an error of ours. Undefined where another attempt or another model would be wrong: what a
 * guardrail blocked or a model refused is an answer, and must not be shopped around.
 */
const REASONS: Readonly<Record<ErrorKind, FailoverReason | undefined>> = {
  throttled: "rate_limit",
  // The host sees "per day" in the words, does not wait, and goes on with the next model.
  "quota-exhausted": "rate_limit",
  "access-denied": "auth_permanent",
  "model-access": "model_not_found",
  "model-not-found": "model_not_found",
  "not-on-demand": "model_not_found",
  "wrong-region": "format",
  "context-overflow": "context_overflow",
  "expired-credentials": "auth",
  "no-credentials": "auth_permanent",
  "invalid-credentials": "auth_permanent",
  "guardrail-blocked": undefined,
  refused: undefined,
  overloaded: "overloaded",
  timeout: "timeout",
  aborted: undefined,
  unreachable: "timeout",
  protocol: "timeout",
  "invalid-config": "format",
  "invalid-request": "format",
  unknown: undefined,
};

/** The host's reason for an error, by its kind if it is known, else by the words of the service. */
export function failoverReason(context: FailoverContext): FailoverReason | undefined {
  // The host has a reason of its own for certificates, by the words of the system, and does not try again.
  if (/TLS failed/u.test(context.errorMessage)) return undefined;
  return REASONS[failoverKind(context)];
}

/** Whether the conversation has become too long for the model, so that the host compacts it. */
export function isContextOverflow(context: FailoverContext): boolean {
  return failoverKind(context) === "context-overflow";
}

/** The kind of an error of which the host tells the text. */
export function failoverKind({ errorMessage, code, status }: FailoverContext): ErrorKind {
  for (const kind of [code, rememberedKind(errorMessage)]) if (kind !== undefined && isErrorKind(kind)) return kind;
  return bedrockErrorFromService({ message: errorMessage, status }).kind;
}

export function isErrorKind(text: string): text is ErrorKind {
  return Object.hasOwn(REASONS, text);
}
