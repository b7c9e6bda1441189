/** What the caller was doing, for a message that names things. */
export interface ErrorContext {
  /** What was attempted, e.g. `converse with anthropic.claude-opus-4-7`. */
  readonly action?: string | undefined;
  /** The model id as the caller wrote it. */
  readonly model?: string | undefined;
  readonly region?: string | undefined;
  /** Inference profiles that may contain the model, best first. */
  readonly profiles?: readonly string[] | undefined;
}
