import type { GuardrailAssessmentLike, GuardrailCoverageLike } from "./trace.ts";

/**
 * Billed units by policy, under the service's names: text units of 1,000 characters begun, images for
 * `contentPolicyImageUnits`.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailUsage.html
 */
export type GuardrailUsage = Readonly<Record<string, number>>;

/** How much of what was given a guardrail looked at. */
export interface GuardrailCoverage {
  readonly guardedCharacters: number;
  readonly totalCharacters: number;
  readonly guardedImages: number;
  readonly totalImages: number;
}

/** What assessments took together. */
export interface GuardrailMetrics {
  readonly usage: GuardrailUsage;
  readonly coverage: GuardrailCoverage;
  /** Milliseconds of the service, summed over the assessments. */
  readonly latencyMs: number;
}

export function metricsOf(assessments: readonly (GuardrailAssessmentLike | null | undefined)[]): GuardrailMetrics {
  const metrics = assessments.map((assessment) => assessment?.invocationMetrics ?? {});
  return {
    usage: sumUsage(metrics.map(({ usage }) => usage)),
    coverage: sumCoverage(metrics.map(({ guardrailCoverage }) => guardrailCoverage)),
    latencyMs: metrics.reduce((sum, { guardrailProcessingLatency }) => sum + (guardrailProcessingLatency ?? 0), 0),
  };
}

/** Units of several calls or assessments, name by name. */
export function sumUsage(usages: readonly (object | null | undefined)[]): GuardrailUsage {
  const sums = new Map<string, number>();
  for (const [name, units] of usages.flatMap((usage) => Object.entries(usage ?? {}))) {
    if (typeof units === "number") sums.set(name, (sums.get(name) ?? 0) + units);
  }
  return Object.fromEntries(sums);
}

export function sumCoverage(coverages: readonly (GuardrailCoverageLike | null | undefined)[]): GuardrailCoverage {
  const sum = (figure: (coverage: GuardrailCoverageLike) => number | null | undefined): number =>
    coverages.reduce((total, coverage) => total + ((coverage && figure(coverage)) ?? 0), 0);
  return {
    guardedCharacters: sum(({ textCharacters }) => textCharacters?.guarded),
    totalCharacters: sum(({ textCharacters }) => textCharacters?.total),
    guardedImages: sum(({ images }) => images?.guarded),
    totalImages: sum(({ images }) => images?.total),
  };
}
