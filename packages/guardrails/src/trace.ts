/**
 * The parts of Converse's `trace.guardrail` that are read here. The AWS SDK's `GuardrailTraceAssessment` is assignable;
 * recorded answers hold `null` where the model says absent, so both are taken.
 */
export interface GuardrailTraceLike {
  readonly actionReason?: string | null | undefined;
  readonly inputAssessment?: Readonly<Record<string, GuardrailAssessmentLike | null>> | null | undefined;
  readonly outputAssessments?: Readonly<Record<string, Items<GuardrailAssessmentLike>>> | null | undefined;
}

/** What one guardrail found in one text. */
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
        readonly piiEntities?: Items<Acted & { readonly type?: Text }>;
        readonly regexes?: Items<Acted & { readonly name?: Text }>;
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
}

type Text = string | null | undefined;
type Figure = number | null | undefined;
/** A list; it and its entries may be null. */
export type Items<T> = readonly (T | null)[] | null | undefined;

/** `action` is `BLOCKED`, `ANONYMIZED` or `NONE`; with `NONE` the policy saw something and let it pass. */
interface Acted {
  readonly action?: Text;
}
