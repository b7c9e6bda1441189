/**
 * The parts of Converse's `trace.guardrail` that are read here. The AWS SDK's `GuardrailTraceAssessment` is assignable;
 * recorded answers hold `null` where the model says absent, so both are taken.
 */
export interface GuardrailTraceLike {
  readonly actionReason?: string | null | undefined;
  readonly inputAssessment?: Readonly<Record<string, GuardrailAssessmentLike | null>> | null | undefined;
  readonly outputAssessments?: Readonly<Record<string, Items<GuardrailAssessmentLike>>> | null | undefined;
}

/** What one guardrail found in one text. Policies that are not named here are looked at all the same. */
export interface GuardrailAssessmentLike {
  readonly topicPolicy?: { readonly topics?: Items<Acted & { readonly name?: Text }> } | null | undefined;
  readonly contentPolicy?:
    | {
        readonly filters?: Items<
          Acted & { readonly type?: Text; readonly confidence?: Text; readonly filterStrength?: Text }
        >;
      }
    | null
    | undefined;
  readonly wordPolicy?:
    | {
        readonly customWords?: Items<Acted & { readonly match?: Text }>;
        readonly managedWordLists?: Items<Acted & { readonly type?: Text }>;
      }
    | null
    | undefined;
  readonly sensitiveInformationPolicy?:
    | {
        readonly piiEntities?: Items<Acted & { readonly type?: Text; readonly match?: Text }>;
        readonly regexes?: Items<Acted & { readonly name?: Text; readonly match?: Text }>;
      }
    | null
    | undefined;
  readonly contextualGroundingPolicy?:
    | {
        readonly filters?: Items<
          Acted & { readonly type?: Text; readonly score?: Figure; readonly threshold?: Figure }
        >;
      }
    | null
    | undefined;
  readonly automatedReasoningPolicy?: { readonly findings?: Items<object> } | null | undefined;
  readonly invocationMetrics?: InvocationMetricsLike | null | undefined;
  readonly appliedGuardrailDetails?:
    | {
        readonly guardrailId?: Text;
        readonly guardrailVersion?: Text;
        readonly guardrailArn?: Text;
        readonly guardrailOrigin?: Items<string>;
        readonly guardrailOwnership?: Text;
      }
    | null
    | undefined;
}

/** What one assessment took, and how much of the text it looked at. */
export interface InvocationMetricsLike {
  readonly guardrailProcessingLatency?: Figure;
  /** Text units (and images) by policy. */
  readonly usage?: object | null | undefined;
  readonly guardrailCoverage?: GuardrailCoverageLike | null | undefined;
}

export interface GuardrailCoverageLike {
  readonly textCharacters?: Coverage | null | undefined;
  readonly images?: Coverage | null | undefined;
}

interface Coverage {
  readonly guarded?: Figure;
  readonly total?: Figure;
}

type Text = string | null | undefined;
type Figure = number | null | undefined;
/** A list; it and its entries may be null. */
export type Items<T> = readonly (T | null)[] | null | undefined;

/** `action` is `BLOCKED`, `ANONYMIZED` or `NONE`; `detected` with `NONE`: it was seen, and let pass as configured. */
interface Acted {
  readonly action?: Text;
  readonly detected?: boolean | null | undefined;
}
