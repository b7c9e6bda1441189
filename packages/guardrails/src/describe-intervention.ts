import { findInterventions, type GuardrailFinding, type GuardrailIntervention } from "./find-interventions.ts";
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
  if (interventions.length > 0) return interventions.map(inWords).join(". ");
  const reason = trace.actionReason ? `: ${quoted(trace.actionReason)}` : "";
  return `The guardrail's trace names no policy that acted${reason}`;
}

function inWords({ guardrailId, source, findings }: GuardrailIntervention): string {
  const verb = findings.some(({ action }) => action === "blocked") ? "blocked" : "masked parts of";
  return `Guardrail ${guardrailId} ${verb} the ${source}: ${counted(findings.map(named)).join("; ")}`;
}

function named(finding: GuardrailFinding): string {
  switch (finding.policy) {
    case "topic":
      return `denied topic ${quoted(finding.name)}`;
    case "content": {
      const levels = [
        finding.confidence && `confidence ${finding.confidence}`,
        finding.strength && `filter strength ${finding.strength}`,
      ].filter(Boolean);
      return `content filter ${finding.type}${levels.length > 0 ? ` (${levels.join(", ")})` : ""}`;
    }
    case "word":
      return `word ${quoted(finding.word)}`;
    case "word-list":
      return `word list ${finding.type}`;
    case "pii":
      return `personal data ${finding.type}`;
    case "regex":
      return finding.name ? `pattern ${quoted(finding.name)}` : "an unnamed pattern";
    case "grounding": {
      const check = finding.type === "RELEVANCE" ? "relevance to the question" : "grounding in the source";
      if (finding.score === undefined || finding.threshold === undefined) return check;
      return `${check} ${finding.score} below ${finding.threshold}`;
    }
  }
}

/** Equal findings once, with their number. */
function counted(findings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(finding, (counts.get(finding) ?? 0) + 1);
  return [...counts].map(([finding, count]) => (count > 1 ? `${finding} (${count} times)` : finding));
}
