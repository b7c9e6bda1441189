import { actionOf, type FindingAction, type GuardrailFinding } from "./finding.ts";
import { reasoningFindings } from "./reasoning-findings.ts";
import type { GuardrailAssessmentLike, Items } from "./trace.ts";
import { otherPolicies } from "./unknown-policies.ts";

/** All that an assessment says was seen, acted on or not. What was looked for and not seen is left out. */
export function findingsOf(assessment: GuardrailAssessmentLike | null | undefined): GuardrailFinding[] {
  const { topicPolicy, contentPolicy, wordPolicy, sensitiveInformationPolicy, contextualGroundingPolicy } =
    assessment ?? {};
  return [
    ...seen(topicPolicy?.topics, (topic, action) => ({ policy: "topic", action, name: topic.name ?? "unnamed" })),
    ...seen(contentPolicy?.filters, (filter, action) => ({
      policy: "content",
      action,
      type: filter.type ?? "UNKNOWN",
      confidence: filter.confidence ?? undefined,
      strength: filter.filterStrength ?? undefined,
    })),
    ...seen(wordPolicy?.customWords, (word, action) => ({ policy: "word", action, word: word.match ?? "" })),
    ...seen(wordPolicy?.managedWordLists, (list, action) => ({
      policy: "word-list",
      action,
      type: list.type ?? "UNKNOWN",
    })),
    ...seen(sensitiveInformationPolicy?.piiEntities, (entity, action) => ({
      policy: "pii",
      action,
      type: entity.type ?? "UNKNOWN",
    })),
    ...seen(sensitiveInformationPolicy?.regexes, (regex, action) => ({
      policy: "regex",
      action,
      name: regex.name ?? undefined,
    })),
    ...seen(contextualGroundingPolicy?.filters, (filter, action) => ({
      policy: "grounding",
      action,
      type: filter.type ?? "GROUNDING",
      score: filter.score ?? undefined,
      threshold: filter.threshold ?? undefined,
    })),
    ...reasoningFindings(assessment?.automatedReasoningPolicy?.findings),
    ...otherPolicies(assessment),
  ];
}

function seen<
  T extends { readonly action?: string | null | undefined; readonly detected?: boolean | null | undefined },
>(items: Items<T>, finding: (item: T, action: FindingAction) => GuardrailFinding): GuardrailFinding[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: T | null) => {
    const action = item ? actionOf(item) : undefined;
    return item && action ? [finding(item, action)] : [];
  });
}
