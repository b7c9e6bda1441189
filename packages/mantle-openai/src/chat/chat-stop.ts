import { BedrockError, type StopReason } from "@clawrock/conversation";
import { filtered } from "../turn/filtered.ts";

export interface ChatStop {
  readonly reason: StopReason;
  readonly error?: BedrockError;
}

/** The stop reason for a `finish_reason`. A model that called tools stopped to use them, whatever word it says. */
export function chatStop(finishReason: string, calledTools: boolean, guarded: boolean): ChatStop {
  switch (finishReason) {
    case "stop":
    case "tool_calls":
    case "function_call":
      return { reason: calledTools ? "toolUse" : "stop" };
    case "length":
      return { reason: "length" };
    case "content_filter":
      return { reason: "error", error: filtered(guarded) };
    default: {
      const problem = `The model stopped for a reason that is not known (${finishReason})`;
      return { reason: "error", error: new BedrockError({ kind: "unknown", problem, fix: "Send the request again" }) };
    }
  }
}

/** The stop of an answer with a tool call that nobody can run. */
export function namelessCall(): ChatStop {
  const problem = "The answer is broken: it holds a tool call without a name";
  return { reason: "error", error: new BedrockError({ kind: "protocol", problem, fix: "Send the request again" }) };
}
