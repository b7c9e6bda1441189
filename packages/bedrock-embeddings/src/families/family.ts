/** What a text is for. Some models embed questions and the texts to be found differently. */
export type EmbeddingPurpose = "query" | "document";

export interface EmbeddingCall {
  readonly texts: readonly string[];
  readonly purpose: EmbeddingPurpose;
  readonly dimensions: number;
  /** Whether the model may cut a text that is too long, where it can; else it refuses it. */
  readonly truncate: boolean;
}

/** The body and the answer of InvokeModel for one kind of embedding model. */
export interface EmbeddingFamily {
  /** As people call it. */
  readonly name: string;
  /** Whether the model itself cuts the end of a text that is too long. */
  readonly truncates: boolean;
  /** Characters (UTF-16 code units) that the service refuses to exceed, whatever the tokens. */
  readonly maxCharacters?: number;
  /** The JSON body of one call. */
  body(call: EmbeddingCall): object;
  /** The vectors in the answer, in order; `undefined` where the answer has another shape. */
  vectors(answer: JsonRecord): readonly (readonly number[])[] | undefined;
  /** Input tokens, for models that put them into the body; others have only the header. */
  inputTokens?(answer: JsonRecord): number | undefined;
}

export type JsonRecord = Readonly<Record<string, unknown>>;
