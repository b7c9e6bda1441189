import { invalid } from "../http/service-error.ts";
import type { Refusal } from "../refusals/refusal-table.ts";
import type { Fault } from "./fault.ts";
import { faultRefusal } from "./fault-refusals.ts";

const typeOf = {
  throttle: "ThrottlingException",
  "throttle-tokens": "ThrottlingException",
  "throttle-daily": "ThrottlingException",
  connections: "ServiceUnavailableException",
  unavailable: "ServiceUnavailableException",
  internal: "InternalServerException",
  timeout: "ModelTimeoutException",
  "access-denied": "AccessDeniedException",
  "stream-error": "ModelStreamErrorException",
} as const;
type ErrorName = keyof typeof typeOf;
const errorNames = Object.keys(typeOf).filter(isErrorName);

function isErrorName(name: string): name is ErrorName {
  return Object.hasOwn(typeOf, name);
}

function errorOf(name: string): { readonly type: string; readonly message: string } | undefined {
  return isErrorName(name) ? { type: typeOf[name], message: faultRefusal(name).message } : undefined;
}

/** The refusal that an error is: a known one, or what a script says. */
export function refusalOfFault(fault: { readonly type: string; readonly message: string }): Refusal {
  const name = errorNames.find((known) => {
    const error = errorOf(known);
    return error?.type === fault.type && error.message === fault.message;
  });
  return name ? faultRefusal(name) : faultRefusal("scripted-error", fault.message);
}

/**
 * Reads a fault from text: the name of an error (`throttle`, `internal`, …), `latency=250`, `first-byte=250`, `clock-skew=600000`,
 * `expired`, `denied`, `empty`, `cut=1200`, `corrupt=3`, `stall=3`, or `exception=throttle@4` (an error, and the number of events
 * before it). Throws a 400 that lists them when the text is none of these.
 */
export function parseFault(text: string): Fault {
  const [, name = "", argument = ""] = /^([^=]*)=?(.*)$/s.exec(text.trim()) ?? [];
  // Timers and offsets of nine digits: more would wrap round.
  const amount = /^\d{1,9}$/.test(argument) ? Number(argument) : undefined;
  const error = errorOf(name);
  if (error && argument === "") return { kind: "error", ...error };
  if (argument === "" && (name === "expired" || name === "denied" || name === "empty")) return { kind: name };
  if (amount !== undefined) {
    if (name === "latency") return { kind: "latency", ms: amount };
    if (name === "cut") return { kind: "cut", afterBytes: amount };
    if (name === "first-byte") return { kind: "first-byte", ms: amount };
    if (name === "corrupt") return { kind: "corrupt", afterEvents: amount };
    if (name === "clock-skew") return { kind: "clock-skew", ms: amount };
    if (name === "stall") return { kind: "stall", afterEvents: amount };
  }
  if (name === "exception") {
    const [, errorName = "", after = "2"] = /^([a-z-]+)(?:@(\d+))?$/.exec(argument) ?? [];
    const raised = errorOf(errorName);
    if (raised) return { kind: "exception", ...raised, afterEvents: Number(after) };
  }
  throw invalid(faultRefusal("unknown-fault", text, errorNames));
}
