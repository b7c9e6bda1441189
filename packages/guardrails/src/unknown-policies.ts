import { actionOf, type FindingAction, type GuardrailFinding } from "./finding.ts";
import type { GuardrailAssessmentLike } from "./trace.ts";

const KNOWN = new Set([
  "topicPolicy",
  "contentPolicy",
  "wordPolicy",
  "sensitiveInformationPolicy",
  "contextualGroundingPolicy",
  "automatedReasoningPolicy",
  "invocationMetrics",
  "appliedGuardrailDetails",
]);

/** Lists of the known policies that are read; another one in them is a policy of its own. */
const KNOWN_LISTS = new Set([
  "topics",
  "filters",
  "customWords",
  "managedWordLists",
  "piiEntities",
  "regexes",
  "findings",
]);

/**
 * Findings of policies that the service added later: whatever in an assessment has an `action`. Without them an answer that
 * such a policy blocked would look like one that was only masked.
 */
export function otherPolicies(assessment: GuardrailAssessmentLike | null | undefined): GuardrailFinding[] {
  return Object.entries(assessment ?? {}).flatMap(([name, value]): GuardrailFinding[] => {
    const unread: unknown = KNOWN.has(name) ? withoutKnownLists(value) : value;
    return actionsIn(unread, 0).map((action) => ({ policy: "unknown", action, name }));
  });
}

function withoutKnownLists(policy: unknown): unknown {
  if (typeof policy !== "object" || policy === null) return undefined;
  return Object.fromEntries(Object.entries(policy).filter(([list]) => !KNOWN_LISTS.has(list)));
}

function actionsIn(value: unknown, depth: number): FindingAction[] {
  if (typeof value !== "object" || value === null || depth > 6) return [];
  if (!Array.isArray(value) && "action" in value && typeof value.action === "string") {
    const detected = "detected" in value && value.detected === true;
    const action = actionOf({ action: value.action, detected });
    if (action) return [action];
  }
  return Object.values(value).flatMap((inner) => actionsIn(inner, depth + 1));
}
