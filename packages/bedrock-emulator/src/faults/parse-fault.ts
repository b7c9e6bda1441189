import { invalid } from "../http/service-error.ts";
import type { Fault } from "./fault.ts";

const named: Readonly<Record<string, { readonly type: string; readonly message: string }>> = {
  throttle: { type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
  "throttle-tokens": { type: "ThrottlingException", message: "Too many tokens, please wait before trying again." },
  "throttle-daily": {
    type: "ThrottlingException",
    message: "Too many tokens per day, please wait before trying again.",
  },
  connections: {
    type: "ServiceUnavailableException",
    message: "Too many connections, please wait before trying again.",
  },
  unavailable: { type: "ServiceUnavailableException", message: "Bedrock is unable to process your request." },
  internal: {
    type: "InternalServerException",
    message: "The system encountered an unexpected error during processing. Try your request again.",
  },
  timeout: {
    type: "ModelTimeoutException",
    message: "Model has timed out in processing the request. Try your request again.",
  },
  "access-denied": {
    type: "AccessDeniedException",
    message: "You don't have access to the model with the specified model ID.",
  },
  "stream-error": { type: "ModelStreamErrorException", message: "Bedrock is unable to process your request." },
};

/**
 * Reads a fault from text: `latency=250`, `first-byte=250`, `clock-skew=600000`, `expired`, `denied`, `empty`, `corrupt=3`, `throttle`, `throttle-tokens`, `throttle-daily`, `connections`, `unavailable`,
 * `internal`, `timeout`, `access-denied`, `cut=1200`, `stall=3`, `exception=throttle@4` (the name of one of these errors, and
 * the number of events before it). Throws a 400 that lists them when the text is none of these.
 */
export function parseFault(text: string): Fault {
  const [name = "", argument = ""] = text.trim().split("=");
  const amount = /^\d+$/.test(argument) ? Number(argument) : undefined;
  const error = Object.hasOwn(named, name) ? named[name] : undefined;
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
    const raised = Object.hasOwn(named, errorName) ? named[errorName] : undefined;
    if (raised) return { kind: "exception", ...raised, afterEvents: Number(after) };
  }
  const said = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  throw invalid(
    `the fault '${said}' is not known. Use latency=ms, first-byte=ms, clock-skew=ms, cut=bytes, corrupt=events, stall=events, expired, denied, empty, exception=name@events, or one of: ${Object.keys(named).join(", ")}.`,
  );
}
