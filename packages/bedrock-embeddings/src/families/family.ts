/** What a text is for. Some models embed questions and the texts to be found differently. */
export type EmbeddingPurpose = "query" | "document";

export interface EmbeddingCall {
  readonly texts: readonly string[];
  readonly purpose: EmbeddingPurpose;
  readonly dimensions: number;
}

/** The body and the answer of InvokeModel for one kind of embedding model. */
export interface EmbeddingFamily {
  /** The JSON body of one call. */
  body(call: EmbeddingCall): object;
  /** The vectors in the answer, in order; `undefined` where the answer has another shape. */
  vectors(answer: JsonRecord): readonly (readonly number[])[] | undefined;
  /** Input tokens, for models that put them into the body; others have only the header. */
  inputTokens?(answer: JsonRecord): number | undefined;
}

export type JsonRecord = Readonly<Record<string, unknown>>;
