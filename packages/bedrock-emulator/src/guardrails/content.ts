/** What a guardrail assesses of an input or an answer. */
export interface GuardedContent {
  readonly texts: readonly string[];
  /** Qualified as `grounding_source`: what an answer has to rest on. */
  readonly sources?: readonly string[];
  /** Qualified as `query`: what an answer has to be about. */
  readonly queries?: readonly string[];
  /** The bytes of guarded images. */
  readonly images?: readonly Uint8Array[];
}
