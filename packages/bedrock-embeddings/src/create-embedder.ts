import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { type Cost, type ModelCapabilities, priceOf } from "@clawrock/model-capabilities";
import { checkTexts } from "./check-texts.ts";
import { embeddingModel } from "./embedding-model.ts";
import { FAMILIES } from "./families/families.ts";
import type { EmbeddingPurpose } from "./families/family.ts";
import { type Invoke, invoker } from "./invoke.ts";
import { readAnswer } from "./read-answer.ts";
import { runBounded } from "./run-bounded.ts";

export interface EmbedderOptions {
  readonly aws: AwsSession;
  /** Model id, inference profile id or ARN. */
  readonly model: string;
  /** One of the model's sizes. Default: the first of its record, e.g. 1024 for Titan v2. */
  readonly dimensions?: number | undefined;
  /** What the model can do; needed only for ids that do not tell their model, such as application inference profiles. */
  readonly capabilities?: ModelCapabilities | undefined;
  /** Calls at the same time, a whole number from 1. Default 8. */
  readonly concurrency?: number | undefined;
}

export interface EmbedOptions {
  /** `query` for what is looked for, `document` for what is to be found. */
  readonly purpose: EmbeddingPurpose;
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddingUsage {
  /** As the service counted; `undefined` if it did not say. */
  readonly inputTokens: number | undefined;
  /** InvokeModel calls. */
  readonly calls: number;
  /** In USD; `undefined` if price or tokens are not known. */
  readonly cost: Cost | undefined;
}

export interface Embeddings {
  /** One for each text, in order, of length 1. */
  readonly vectors: Float32Array[];
  readonly usage: EmbeddingUsage;
}

export interface Embedder {
  readonly model: string;
  readonly dimensions: number;
  /** Longer texts are cut by the model or refused, as its family does. */
  readonly maxInputTokens: number;
  /**
   * One vector of length 1 for each text, in order. No texts, no call.
   *
   * @throws BedrockError: `invalid-config` for a blank text, `aborted`, or what the service answered, naming the texts.
   */
  embed(texts: readonly string[], options: EmbedOptions): Promise<Float32Array[]>;
  /** The same with tokens, calls and cost. */
  embedWithUsage(texts: readonly string[], options: EmbedOptions): Promise<Embeddings>;
}

interface Batch {
  readonly first: number;
  readonly texts: readonly string[];
}

/**
 * An embedder for one model. Nothing is sent and no SDK loaded before the first text.
 *
 * @throws BedrockError of kind `invalid-config` for a model that does not embed, a dimension it does not offer or a
 * `concurrency` below 1.
 */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { model } = options;
  const concurrency = checkConcurrency(options.concurrency ?? 8);
  const resolved = embeddingModel(model, options.dimensions, options.capabilities);
  const { limits, dimensions, capabilities, arnRegion } = resolved;
  const aws = arnRegion === undefined ? options.aws : options.aws.in({ arnRegion });
  const family = FAMILIES[limits.request];
  const invoke: Invoke = invoker(aws);

  const embedBatch = async ({ first, texts }: Batch, purpose: EmbeddingPurpose, signal: AbortSignal) => {
    const what = named(first, texts.length);
    const action = `Embedding ${what} with ${model}`;
    try {
      const answer = await invoke(resolved.wireId, family.body({ texts, purpose, dimensions }), signal);
      const read = readAnswer(family, answer.body, { of: `${model} for ${what}`, texts: texts.length, dimensions });
      return { vectors: read.vectors, inputTokens: read.inputTokens ?? answer.inputTokens };
    } catch (error) {
      throw toBedrockError(error, { action, model, region: aws.region.name });
    }
  };

  const embedWithUsage: Embedder["embedWithUsage"] = async (texts, { purpose, signal }) => {
    checkTexts(texts);
    // Half a character is not valid in the JSON that is sent.
    const wellFormed = texts.map((text) => text.toWellFormed());
    const batches = batchesOf(wellFormed, limits.maxBatch);
    const task = (batch: Batch, either: AbortSignal) => embedBatch(batch, purpose, either);
    const answers = signal?.aborted ? [] : await runBounded(batches, concurrency, task, signal);
    if (signal?.aborted) throw new BedrockError({ kind: "aborted", problem: `Embedding with ${model} was aborted` });
    const inputTokens = answers.reduce<number | undefined>(
      (sum, answer) => (sum === undefined || answer.inputTokens === undefined ? undefined : sum + answer.inputTokens),
      0,
    );
    return {
      vectors: answers.flatMap(({ vectors }) => vectors),
      usage: {
        inputTokens,
        calls: batches.length,
        cost: inputTokens === undefined ? undefined : priceOf(capabilities, { input: inputTokens, output: 0 }),
      },
    };
  };

  return {
    model,
    dimensions,
    maxInputTokens: limits.maxInputTokens,
    embed: async (texts, embedOptions) => (await embedWithUsage(texts, embedOptions)).vectors,
    embedWithUsage,
  };
}

function checkConcurrency(concurrency: number): number {
  if (concurrency >= 1 && Number.isSafeInteger(concurrency)) return concurrency;
  const problem = `The option concurrency is ${concurrency}`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: "Give a whole number of at least 1" });
}

function batchesOf(texts: readonly string[], size: number): Batch[] {
  const batches: Batch[] = [];
  for (let first = 0; first < texts.length; first += size)
    batches.push({ first, texts: texts.slice(first, first + size) });
  return batches;
}

function named(first: number, length: number): string {
  return length === 1 ? `texts[${first}]` : `texts[${first}] to texts[${first + length - 1}]`;
}
