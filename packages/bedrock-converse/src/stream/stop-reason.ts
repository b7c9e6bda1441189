import { BedrockError, type StopReason } from "@clawrock/conversation";
import { describeIntervention, explainTrace, type GuardrailTraceLike } from "@clawrock/guardrails";

/** How an answer ended. */
export interface Ending {
  readonly reason: StopReason;
  readonly error?: BedrockError;
}

/**
 * What a stop reason of Converse means.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_MessageStopEvent.html
 *
 * @param raw - the service's own word
 * @param trace - the guardrail trace, if it was asked for
 */
export function endingOf(raw: string, trace: unknown): Ending {
  switch (raw) {
    case "end_turn":
    case "stop_sequence":
      return { reason: "stop" };
    case "tool_use":
      return { reason: "toolUse" };
    case "max_tokens":
    case "model_context_window_exceeded":
      return { reason: "length" };
    case "guardrail_intervened":
      return guardrailEnding(trace as GuardrailTraceLike | undefined);
    case "content_filtered":
      return failed("refused", "The service's content filter stopped the answer", "Rephrase the request");
    case "refusal":
      return failed("refused", "The model declined to answer", "Rephrase the request or use another model");
    case "malformed_model_output":
    case "malformed_tool_use":
      return failed("protocol", `The model produced an unusable answer (${raw})`, "Send the request again");
    default:
      return failed("unknown", `The model stopped with "${raw}"`);
  }
}

/** Masking alone also stops with guardrail_intervened, and its answer is meant to be read. */
function guardrailEnding(trace: GuardrailTraceLike | undefined): Ending {
  if (explainTrace(trace).action === "masked") return { reason: "stop" };
  return failed(
    "guardrail-blocked",
    describeIntervention(trace),
    trace && "Change the request, or the guardrail's policy",
  );
}

function failed(kind: BedrockError["kind"], problem: string, fix?: string): Ending {
  return { reason: "error", error: new BedrockError({ kind, problem, fix }) };
}
