import { BedrockError } from "@clawrock/conversation";

/** The end of an answer that a filter stopped: the guardrail of the request, where it has one, else one of the service's own. */
export function filtered(guarded: boolean): BedrockError {
  if (guarded) {
    const problem = "The guardrail blocked the prompt or the answer";
    const fix = "Reword the request, or change the guardrail";
    return new BedrockError({ kind: "guardrail-blocked", problem, fix });
  }
  const problem = "A content filter of the service stopped the answer";
  return new BedrockError({ kind: "refused", problem, fix: "Reword the request" });
}
