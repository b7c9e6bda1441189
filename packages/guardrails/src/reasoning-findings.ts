import type { GuardrailFinding, ReasoningResult } from "./finding.ts";
import type { Items } from "./trace.ts";

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailAutomatedReasoningFinding.html */
const RESULTS: Readonly<Record<string, ReasoningResult>> = {
  valid: "valid",
  invalid: "invalid",
  satisfiable: "satisfiable",
  impossible: "impossible",
  translationAmbiguous: "translation-ambiguous",
  tooComplex: "too-complex",
  noTranslations: "no-translations",
};

/**
 * The findings of automated reasoning, without the statements: they repeat the judged text. A union of one member each; a
 * member that nobody knows is `unknown`.
 */
export function reasoningFindings(findings: Items<object>): GuardrailFinding[] {
  if (!Array.isArray(findings)) return [];
  return findings.flatMap((finding: unknown): GuardrailFinding[] => {
    const [name, said] = Object.entries(record(finding)).find(([, value]) => value != null) ?? [];
    if (name === undefined) return [];
    const { contradictingRules, supportingRules, translation } = record(said);
    const confidence = record(translation)["confidence"];
    return [
      {
        policy: "automated-reasoning",
        action: "detected",
        result: Object.hasOwn(RESULTS, name) ? (RESULTS[name] ?? "unknown") : "unknown",
        rules: [...identifiers(contradictingRules), ...identifiers(supportingRules)],
        confidence: typeof confidence === "number" ? confidence : undefined,
      },
    ];
  });
}

function identifiers(rules: unknown): string[] {
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown) => {
    const { identifier } = record(rule);
    return typeof identifier === "string" ? [identifier] : [];
  });
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
