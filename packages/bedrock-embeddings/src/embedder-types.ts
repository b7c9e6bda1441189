import type { AwsSession } from "@clawrock/aws-auth";
import type { BedrockError } from "@clawrock/conversation";
import type { Cost } from "@clawrock/model-capabilities";
import type { ModelBehind } from "./embedding-model.ts";
import type { EmbeddingPurpose } from "./families/family.ts";
import type { TextRules } from "./prepare-texts.ts";

/**
 * `capabilities` or `baseModel` (an id such as `amazon.titan-embed-text-v2:0`) say which model stands behind an id that does not tell,
 * such as an application inference profile's, or how to call one that nobody knows.
 */
export interface EmbedderOptions extends ModelBehind {
  readonly aws: AwsSession;
  /** Model id, inference profile id or ARN. */
  readonly model: string;
  /** One of the model's sizes. Default: the first of its record, e.g. 1024 for Titan v2. */
  readonly dimensions?: number | undefined;
  /** Calls at the same time, a whole number from 1; fewer while the account's rate is exceeded. Default 8. */
  readonly concurrency?: number | undefined;
}

export interface EmbedOptions extends TextRules {
  /** `query` for what is looked for, `document` for what is to be found. */
  readonly purpose: EmbeddingPurpose;
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddingUsage {
  /** As the service counted; `undefined` if it did not say. Of a refused call nothing is counted. */
  readonly inputTokens: number | undefined;
  /** InvokeModel calls, without the repetitions of throttled ones. */
  readonly calls: number;
  /** In USD; `undefined` if price or tokens are not known. */
  readonly cost: Cost | undefined;
}

interface Report {
  readonly usage: EmbeddingUsage;
  /**
   * Indexes of texts whose end is certain to be missing from their vectors. Of texts in one call that a model cuts by itself,
   * only those with more words than it takes tokens are certain.
   */
  readonly cut: readonly number[];
  /** Indexes of blank texts, which have vectors of zeros. */
  readonly blank: readonly number[];
}

export interface Embeddings extends Report {
  /** One for each text, in order, of length 1. */
  readonly vectors: Float32Array[];
}

/** A text that has no vector. */
export interface EmbeddingFailure {
  readonly index: number;
  readonly error: BedrockError;
}

export interface SettledEmbeddings extends Report {
  /** One for each text, in order; `undefined` for those in `failures`. */
  readonly vectors: (Float32Array | undefined)[];
  /** By index, rising. */
  readonly failures: readonly EmbeddingFailure[];
  /** What ended everything before its end, e.g. expired credentials; it is the error of all texts that were left. */
  readonly stopped: BedrockError | undefined;
}

export interface EmbeddedText {
  readonly index: number;
  /** Of length 1; zeros for a blank text. */
  readonly vector: Float32Array;
  /** As in `Embeddings`. */
  readonly cut: boolean;
}

export interface Embedder {
  readonly model: string;
  readonly dimensions: number;
  readonly maxInputTokens: number;
  /** What is assumed of a model that nobody knows yet, one line each. */
  readonly warnings: readonly string[];
  /**
   * One vector of length 1 for each text, in order. No texts, no call; equal texts are sent once.
   *
   * @throws BedrockError: `invalid-config` for a text that the rules refuse (nothing is sent then), `aborted`, or what the service
   * answered, naming the texts of the call.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  /** The same with tokens, calls and cost, and which texts were cut. */
  embedWithUsage(texts: readonly string[], options: EmbedOptions): Promise<Embeddings>;
  /**
   * As many vectors as can be had, and the failures by index. A batch that is refused is halved until the text to blame stands
   * alone; what is no text's fault ends everything.
   *
   * @throws BedrockError of kind `aborted` only
   */
  embedSettled(texts: readonly string[], options: EmbedOptions): Promise<SettledEmbeddings>;
  /**
   * Vectors one by one, in order, of texts that are asked for as they are needed: for an index that does not fit into memory. Ends
   * with the first failure, as `embed` does; leaving the loop ends the calls under way.
   */
  embedEach(
    texts: Iterable<string> | AsyncIterable<string>,
    options: EmbedOptions,
  ): AsyncGenerator<EmbeddedText, void, undefined>;
}
