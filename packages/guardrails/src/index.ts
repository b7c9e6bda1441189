export { createGuardrail, guardrailError } from "./apply/create-guardrail.ts";
export type { Grounding } from "./apply/grounding.ts";
export type {
  ApplyRequest,
  CallOptions,
  Guardrail,
  GuardrailOptions,
  GuardrailSource,
  GuardrailVerdict,
} from "./apply/guardrail-types.ts";
export {
  type GuardrailConfig,
  type GuardrailTrace,
  parseGuardrailConfig,
  type StreamProcessingMode,
} from "./config.ts";
export {
  type ConverseGuardrail,
  type ConverseStreamGuardrail,
  guardrailConfig,
  guardrailStreamConfig,
} from "./converse-fields.ts";
export { describeIntervention } from "./describe-intervention.ts";
export {
  type AppliedGuardrail,
  type ExplainedSide,
  explainAssessments,
  explainTrace,
  type TraceExplanation,
} from "./explain-trace.ts";
export { findInterventions, type GuardrailIntervention } from "./find-interventions.ts";
export type { FindingAction, GuardrailFinding, ReasoningResult } from "./finding.ts";
export { type GuardedSpans, guardQualifiers, markGuardedSpans } from "./guarded-spans.ts";
export { guardrailBody, guardrailHeaders } from "./headers.ts";
export { type GuardrailIdentifier, parseGuardrailIdentifier } from "./identifier.ts";
export {
  GET_GUARDRAIL,
  type GuardrailDescription,
  type LookUpOptions,
  lookUpGuardrail,
} from "./look-up-guardrail.ts";
export type { GuardrailCoverage, GuardrailMetrics, GuardrailUsage } from "./metrics.ts";
export { checkGuardrailPlace, type RequestPlace } from "./place.ts";
export type { GuardrailAssessmentLike, GuardrailTraceLike } from "./trace.ts";
