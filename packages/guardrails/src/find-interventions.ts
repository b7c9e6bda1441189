import { acted, type GuardrailFinding } from "./finding.ts";
import { findingsOf } from "./findings.ts";
import type { GuardrailAssessmentLike, GuardrailTraceLike } from "./trace.ts";

/** What one guardrail acted on in the prompt or in the answer. */
export interface GuardrailIntervention {
  readonly guardrailId: string;
  readonly source: "prompt" | "answer";
  readonly findings: readonly GuardrailFinding[];
}

/** The policies of a trace that acted; those that only looked are left out. */
export function findInterventions(trace: GuardrailTraceLike): GuardrailIntervention[] {
  return assessmentsOf(trace)
    .map(({ guardrailId, source, assessments }) => ({
      guardrailId,
      source,
      findings: assessments.flatMap(findingsOf).filter(acted),
    }))
    .filter(({ findings }) => findings.length > 0);
}

/** Assessments of one guardrail on one side. */
export interface SideOfTrace {
  readonly guardrailId: string;
  readonly source: "prompt" | "answer";
  readonly assessments: readonly (GuardrailAssessmentLike | null)[];
}

/** A trace by guardrail and side, the prompt first. */
export function assessmentsOf({ inputAssessment, outputAssessments }: GuardrailTraceLike): SideOfTrace[] {
  const prompts = Object.entries(inputAssessment ?? {}).map(([guardrailId, assessment]) => ({
    guardrailId,
    source: "prompt" as const,
    assessments: [assessment],
  }));
  const answers = Object.entries(outputAssessments ?? {}).map(([guardrailId, assessments]) => ({
    guardrailId,
    source: "answer" as const,
    assessments: assessments ?? [],
  }));
  return [...prompts, ...answers];
}
