import type { GuardrailAssessmentLike, GuardrailTraceLike, Items } from "./trace.ts";

/** One thing a guardrail acted on. It never holds the text that was judged. */
export type GuardrailFinding =
  | { readonly policy: "topic"; readonly action: FindingAction; readonly name: string }
  | {
      readonly policy: "content";
      readonly action: FindingAction;
      readonly type: string;
      readonly confidence: string | undefined;
      readonly strength: string | undefined;
    }
  | { readonly policy: "word"; readonly action: FindingAction; readonly word: string }
  | { readonly policy: "word-list"; readonly action: FindingAction; readonly type: string }
  | { readonly policy: "pii"; readonly action: FindingAction; readonly type: string }
  | { readonly policy: "regex"; readonly action: FindingAction; readonly name: string | undefined }
  | {
      readonly policy: "grounding";
      readonly action: FindingAction;
      readonly type: string;
      readonly score: number | undefined;
      readonly threshold: number | undefined;
    };

/** `masked` is the service's `ANONYMIZED`: the text went on with placeholders. */
export type FindingAction = "blocked" | "masked";

/** What one guardrail acted on in the prompt or in the answer. */
export interface GuardrailIntervention {
  readonly guardrailId: string;
  readonly source: "prompt" | "answer";
  readonly findings: readonly GuardrailFinding[];
}

/** The policies of a trace that acted; those that only looked are left out. */
export function findInterventions(trace: GuardrailTraceLike): GuardrailIntervention[] {
  const prompts = Object.entries(trace.inputAssessment ?? {}).map(([guardrailId, assessment]) => ({
    guardrailId,
    source: "prompt" as const,
    findings: findingsOf(assessment),
  }));
  const answers = Object.entries(trace.outputAssessments ?? {}).map(([guardrailId, assessments]) => ({
    guardrailId,
    source: "answer" as const,
    findings: (assessments ?? []).flatMap(findingsOf),
  }));
  return [...prompts, ...answers].filter(({ findings }) => findings.length > 0);
}

function findingsOf(assessment: GuardrailAssessmentLike | null | undefined): GuardrailFinding[] {
  const { topicPolicy, contentPolicy, wordPolicy, sensitiveInformationPolicy, contextualGroundingPolicy } =
    assessment ?? {};
  return [
    ...acted(topicPolicy?.topics, (topic, action) => ({ policy: "topic", action, name: topic.name ?? "unnamed" })),
    ...acted(contentPolicy?.filters, (filter, action) => ({
      policy: "content",
      action,
      type: filter.type ?? "UNKNOWN",
      confidence: filter.confidence ?? undefined,
      strength: filter.filterStrength ?? undefined,
    })),
    ...acted(wordPolicy?.customWords, (word, action) => ({ policy: "word", action, word: word.match ?? "" })),
    ...acted(wordPolicy?.managedWordLists, (list, action) => ({
      policy: "word-list",
      action,
      type: list.type ?? "UNKNOWN",
    })),
    ...acted(sensitiveInformationPolicy?.piiEntities, (entity, action) => ({
      policy: "pii",
      action,
      type: entity.type ?? "UNKNOWN",
    })),
    ...acted(sensitiveInformationPolicy?.regexes, (regex, action) => ({
      policy: "regex",
      action,
      name: regex.name ?? undefined,
    })),
    ...acted(contextualGroundingPolicy?.filters, (filter, action) => ({
      policy: "grounding",
      action,
      type: filter.type ?? "GROUNDING",
      score: filter.score ?? undefined,
      threshold: filter.threshold ?? undefined,
    })),
  ];
}

function acted<T extends { readonly action?: string | null | undefined }>(
  items: Items<T>,
  finding: (item: T, action: FindingAction) => GuardrailFinding,
): GuardrailFinding[] {
  return (items ?? []).flatMap((item) => {
    if (item?.action === "BLOCKED") return [finding(item, "blocked")];
    if (item?.action === "ANONYMIZED") return [finding(item, "masked")];
    return [];
  });
}
