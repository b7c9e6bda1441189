import { acted, type GuardrailFinding } from "./finding.ts";
import { quoted } from "./words.ts";

/** `Guardrail abc123 blocked the prompt: denied topic "Investing"; personal data EMAIL (2 times)`. */
export function sideInWords(
  guardrailId: string,
  source: "prompt" | "answer",
  findings: readonly GuardrailFinding[],
): string {
  const did = findings.filter(acted);
  const passed = counted(findings.filter((finding) => !acted(finding)).map(findingInWords)).join("; ");
  if (did.length === 0) return `Guardrail ${guardrailId} let the ${source} pass and saw: ${passed}`;
  const verb = did.some(({ action }) => action === "blocked")
    ? "blocked"
    : did.every(({ action }) => action === "masked")
      ? "masked parts of"
      : "acted on";
  const acts = counted(did.map(findingInWords)).join("; ");
  return `Guardrail ${guardrailId} ${verb} the ${source}: ${acts}${passed ? `; seen only: ${passed}` : ""}`;
}

/** One finding: what it is, and how sure the policy was. */
export function findingInWords(finding: GuardrailFinding): string {
  switch (finding.policy) {
    case "topic":
      return `denied topic ${quoted(finding.name)}`;
    case "content":
      return `content filter ${finding.type}${inBrackets([
        finding.confidence && `confidence ${finding.confidence}`,
        finding.strength && `filter strength ${finding.strength}`,
      ])}`;
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
    case "automated-reasoning": {
      const rules = finding.rules.map((rule) => quoted(rule)).join(", ");
      return `automated reasoning: ${REASONING[finding.result]}${inBrackets([
        rules && `rules ${rules}`,
        finding.confidence !== undefined && `confidence ${finding.confidence}`,
      ])}`;
    }
    case "unknown":
      return `the policy ${quoted(finding.name)}`;
  }
}

const REASONING = {
  valid: "the claims follow from the rules",
  invalid: "the claims contradict the rules",
  satisfiable: "the claims may be true or false, depending on what is not said",
  impossible: "the statements contradict each other or the rules",
  "translation-ambiguous": "the text can be read in several ways",
  "too-complex": "the text is too complex to check",
  "no-translations": "nothing in the text can be checked",
  unknown: "a result of an unknown kind",
} as const;

function inBrackets(details: readonly (string | false | undefined)[]): string {
  const said = details.filter(Boolean).join(", ");
  return said ? ` (${said})` : "";
}

/** Equal lines once, with their number. */
function counted(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
}
