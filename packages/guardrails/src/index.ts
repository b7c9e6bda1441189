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
  type FindingAction,
  findInterventions,
  type GuardrailFinding,
  type GuardrailIntervention,
} from "./find-interventions.ts";
export { type GuardedSpans, guardQualifiers, markGuardedSpans } from "./guarded-spans.ts";
export { guardrailHeaders } from "./headers.ts";
export { type GuardrailIdentifier, parseGuardrailIdentifier } from "./identifier.ts";
export type { GuardrailAssessmentLike, GuardrailTraceLike } from "./trace.ts";
