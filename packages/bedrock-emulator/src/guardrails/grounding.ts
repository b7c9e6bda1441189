import { stems } from "../engine/words.ts";
import type { GuardedContent } from "./content.ts";

/** Thresholds of contextual grounding, 0 to 0.99: an answer that scores less is blocked. */
export interface GroundingPolicy {
  /** How much of the answer must stand in the grounding source. */
  readonly grounding?: number;
  /** How much of the query the answer must be about. */
  readonly relevance?: number;
}

export interface GroundingFinding {
  readonly type: "GROUNDING" | "RELEVANCE";
  readonly threshold: number;
  readonly score: number;
  readonly action: "BLOCKED" | "NONE";
  readonly detected: boolean;
}

/**
 * Scores an answer by shared words: the part of its meaningful words that stands in the source, and the part of the query's that
 * stands in the answer. None without a source and a query
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-contextual-grounding-check.html).
 */
export function checkGrounding(policy: GroundingPolicy, content: GuardedContent): GroundingFinding[] {
  const { texts, sources = [], queries = [] } = content;
  if (sources.length === 0 || queries.length === 0) return [];
  const answer = texts.join("\n");
  const scores = [
    { type: "GROUNDING", threshold: policy.grounding, score: sharedPart(answer, sources.join("\n")) },
    { type: "RELEVANCE", threshold: policy.relevance, score: sharedPart(queries.join("\n"), answer) },
  ] as const;
  return scores.flatMap(({ type, threshold, score }) => {
    if (threshold === undefined) return [];
    const detected = score < threshold;
    return [{ type, threshold, score, action: detected ? ("BLOCKED" as const) : ("NONE" as const), detected }];
  });
}

/** The part of a text's meaningful words that stands in another one; 1 for a text without any. */
function sharedPart(text: string, other: string): number {
  const said = [...new Set(stems(text))];
  const known = new Set(stems(other));
  if (said.length === 0) return 1;
  return Math.round((said.filter((word) => known.has(word)).length / said.length) * 100) / 100;
}
