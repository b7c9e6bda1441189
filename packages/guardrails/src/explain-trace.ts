import { assessmentsOf, type SideOfTrace } from "./find-interventions.ts";
import { acted, type GuardrailFinding } from "./finding.ts";
import { findingsOf } from "./findings.ts";
import { findingInWords, sideInWords } from "./in-words.ts";
import { type GuardrailMetrics, metricsOf } from "./metrics.ts";
import type { GuardrailAssessmentLike, GuardrailTraceLike } from "./trace.ts";

/** A guardrail as it was applied, as far as the service says it. */
export interface AppliedGuardrail {
  readonly id: string;
  readonly version: string | undefined;
  readonly arn: string | undefined;
  /** `REQUEST`, or that the account or the organization enforces it. */
  readonly origin: readonly string[];
  /** `SELF`, or `CROSS_ACCOUNT` for one that another account shares. */
  readonly ownership: string | undefined;
}

/** What one guardrail made of one side. */
export interface ExplainedSide extends GuardrailMetrics {
  readonly guardrail: AppliedGuardrail;
  readonly source: "prompt" | "answer";
  /** All that was seen, in the order of the policies; acted on or not. */
  readonly findings: readonly GuardrailFinding[];
  /** One line for each finding, equal ones once: `blocked: denied topic "Investing"`. */
  readonly lines: readonly string[];
}

export interface TraceExplanation extends GuardrailMetrics {
  /** `blocked` if any policy blocked (or did what this version does not know), else `masked`, else `none`. */
  readonly action: "none" | "masked" | "blocked";
  /** What the service gave as its reason, on one line. */
  readonly reason: string | undefined;
  readonly sides: readonly ExplainedSide[];
  /** All of it in words, one line for each guardrail and side. Empty where no policy saw anything. */
  readonly text: string;
}

/**
 * A guardrail trace of Converse (`trace.guardrail`) as data and in words: each policy that acted or saw something, with filter
 * strength and confidence, grounding scores, results of automated reasoning, and what was looked at and billed. Holds neither
 * the judged text nor personal data.
 */
export function explainTrace(trace: GuardrailTraceLike | null | undefined): TraceExplanation {
  const sides = trace ? assessmentsOf(trace) : [];
  return explanationOf(sides, trace?.actionReason ?? undefined);
}

/** The same for the `assessments` of an ApplyGuardrail answer. */
export function explainAssessments(
  assessments: readonly (GuardrailAssessmentLike | null)[],
  options: { readonly guardrailId: string; readonly source: "prompt" | "answer"; readonly reason?: string | undefined },
): TraceExplanation {
  const byId = new Map<string, (GuardrailAssessmentLike | null)[]>();
  for (const assessment of assessments) {
    const id = assessment?.appliedGuardrailDetails?.guardrailId ?? options.guardrailId;
    byId.set(id, [...(byId.get(id) ?? []), assessment]);
  }
  const sides = [...byId].map(([guardrailId, own]) => ({ guardrailId, source: options.source, assessments: own }));
  return explanationOf(sides, options.reason);
}

function explanationOf(traced: readonly SideOfTrace[], reason: string | undefined): TraceExplanation {
  const sides = traced.map(explainedSide);
  const actions = sides.flatMap(({ findings }) => findings.filter(acted).map(({ action }) => action));
  // A policy that the AWS SDK does not know is missing from what it hands on; the reason tells all the same.
  const blocked = actions.some((action) => action !== "masked") || /\bblocked/iu.test(reason ?? "");
  const masked = actions.length > 0 || /\bmasked/iu.test(reason ?? "");
  const all = metricsOf(traced.flatMap(({ assessments }) => assessments));
  return {
    action: blocked ? "blocked" : masked ? "masked" : "none",
    reason: reason?.replace(/\s+/gu, " ").trim() || undefined,
    sides,
    text: sides
      .filter(({ findings }) => findings.length > 0)
      .map(({ guardrail, source, findings }) => sideInWords(guardrail.id, source, findings))
      .join("\n"),
    ...all,
  };
}

function explainedSide({ guardrailId, source, assessments }: SideOfTrace): ExplainedSide {
  const findings = assessments.flatMap(findingsOf);
  return {
    guardrail: appliedGuardrail(guardrailId, assessments),
    source,
    findings,
    lines: [...new Set(findings.map((finding) => `${finding.action}: ${findingInWords(finding)}`))],
    ...metricsOf(assessments),
  };
}

function appliedGuardrail(id: string, assessments: SideOfTrace["assessments"]): AppliedGuardrail {
  const details = assessments.find((assessment) => assessment?.appliedGuardrailDetails)?.appliedGuardrailDetails;
  return {
    id,
    version: details?.guardrailVersion ?? undefined,
    arn: details?.guardrailArn ?? undefined,
    origin: (details?.guardrailOrigin ?? []).filter((origin) => typeof origin === "string"),
    ownership: details?.guardrailOwnership ?? undefined,
  };
}
