import { findInterventions } from "./find-interventions.ts";
import { sideInWords } from "./in-words.ts";
import type { GuardrailTraceLike } from "./trace.ts";
import { quoted } from "./words.ts";

/**
 * One line of words on what a guardrail did, from Converse's `trace.guardrail`:
 * `Guardrail abc123 blocked the prompt: denied topic "Investing"; personal data EMAIL`.
 *
 * It names topics, filters, listed words and kinds of personal data as the service reports them, and never repeats the
 * judged text or the personal data. Without a trace (`undefined`) it says how to get one.
 */
export function describeIntervention(trace: GuardrailTraceLike | undefined): string {
  if (!trace) return 'A guardrail intervened; set its trace to "enabled" to learn which policy acted';
  const interventions = findInterventions(trace);
  if (interventions.length > 0) {
    return interventions
      .map(({ guardrailId, source, findings }) => sideInWords(guardrailId, source, findings))
      .join(". ");
  }
  const reason = trace.actionReason ? `: ${quoted(trace.actionReason)}` : "";
  return `The guardrail's trace names no policy that acted${reason}`;
}
