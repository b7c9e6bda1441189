import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError } from "@clawrock/conversation";
import { AdaptiveGate } from "./adaptive-gate.ts";
import { type Batch, embedCaller } from "./embed-call.ts";
import type { EmbeddedText, Embedder, EmbedderOptions, EmbedOptions } from "./embedder-types.ts";
import { embeddingModel } from "./embedding-model.ts";
import { FAMILIES } from "./families/families.ts";
import { inOrder } from "./in-order.ts";
import { invoker } from "./invoke.ts";
import { isolateFailures, type SettledBatch } from "./isolate-failures.ts";
import { gather, planTexts } from "./plan-texts.ts";
import { checkCall, type PreparedText, prepareText } from "./prepare-texts.ts";

/** Batches begun and not yet taken, for each call at a time: one slow call does not hold up the others. */
const AHEAD = 8;

/**
 * An embedder for one model. Nothing is sent and no SDK loaded before the first text.
 *
 * @throws BedrockError of kind `invalid-config` for a model that does not embed, a dimension it does not offer or a
 * `concurrency` below 1.
 */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { model } = options;
  const concurrency = checkConcurrency(options.concurrency ?? 8);
  const resolved = embeddingModel(model, options.dimensions, options);
  const { limits, dimensions, capabilities, arnRegion, warnings } = resolved;
  const aws: AwsSession = arnRegion === undefined ? options.aws : options.aws.in({ arnRegion });
  const family = FAMILIES[limits.request];
  const gate = new AdaptiveGate(concurrency);
  const invoke = invoker(aws, (sentAt) => gate.throttled(sentAt));
  const call = embedCaller({ model, resolved, region: aws.region.name, invoke });

  /** Runs batches with a signal that ends them all, whatever way the loop is left. */
  async function* run<R>(
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    task: (batch: Batch, signal: AbortSignal) => Promise<R>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<R, void, undefined> {
    const ended = new AbortController();
    const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    const one = async (batch: Batch): Promise<R> => {
      try {
        return await gate.run(async () => {
          either.throwIfAborted();
          return await task(batch, either);
        });
      } catch (error) {
        ended.abort(error);
        throw error;
      }
    };
    try {
      yield* inOrder(batches, one, { ahead: AHEAD * concurrency, signal: either });
    } catch (error) {
      if (signal?.aborted) throw new BedrockError({ kind: "aborted", problem: `Embedding with ${model} was aborted` });
      throw error;
    } finally {
      ended.abort();
    }
  }

  const gatherInit = ({ length }: readonly string[]) => ({ length, dimensions, capabilities });

  const embedWithUsage: Embedder["embedWithUsage"] = async (texts, embedOptions) => {
    checkCall(texts, embedOptions);
    const plan = planTexts(texts, family, limits.maxBatch, embedOptions);
    const [refused] = plan.refused;
    if (refused) throw refused.error;
    const results: SettledBatch[] = [];
    const task = async (batch: Batch, signal: AbortSignal): Promise<SettledBatch> => {
      const { vectors, ...rest } = await call(batch, embedOptions.purpose, embedOptions, signal);
      const settled = batch.map(({ index }, at) => ({ index, vector: vectors[at] ?? new Float32Array(dimensions) }));
      return { ...rest, settled };
    };
    for await (const result of run(plan.batches, task, embedOptions.signal)) results.push(result);
    const { vectors, ...rest } = gather(gatherInit(texts), plan, results);
    return { ...rest, vectors: vectors.map((vector) => vector ?? new Float32Array(dimensions)) };
  };

  const embedSettled: Embedder["embedSettled"] = async (texts, embedOptions) => {
    checkCall(texts, embedOptions);
    const plan = planTexts(texts, family, limits.maxBatch, embedOptions);
    const results: SettledBatch[] = [];
    let stopped: { readonly error: BedrockError } | undefined;
    const task = (batch: Batch, signal: AbortSignal): Promise<SettledBatch> =>
      isolateFailures(batch, (part) => call(part, embedOptions.purpose, embedOptions, signal));
    // What finished before a failure that ends everything is kept, though its turn had not come.
    const kept = async (batch: Batch, signal: AbortSignal): Promise<void> => {
      results.push(await task(batch, signal));
    };
    try {
      for await (const _ of run(plan.batches, kept, embedOptions.signal));
    } catch (error) {
      if (!(error instanceof BedrockError) || error.kind === "aborted") throw error;
      stopped = { error };
    }
    return { ...gather(gatherInit(texts), plan, results, stopped?.error), stopped: stopped?.error };
  };

  async function* embedEach(
    texts: Iterable<string> | AsyncIterable<string>,
    embedOptions: EmbedOptions,
  ): AsyncGenerator<EmbeddedText, void, undefined> {
    checkCall(texts, embedOptions);
    const task = async (batch: Batch, signal: AbortSignal) => {
      const sent = batch.filter(({ text }) => text !== "");
      const done = sent.length > 0 ? await call(sent, embedOptions.purpose, embedOptions, signal) : undefined;
      const byIndex = new Map(sent.map(({ index }, at) => [index, done?.vectors[at]]));
      const cut = new Set(done?.cut);
      return batch.map(({ index }) => ({
        index,
        vector: byIndex.get(index) ?? new Float32Array(dimensions),
        cut: cut.has(index),
      }));
    };
    for await (const embedded of run(batchesOf(texts, embedOptions), task, embedOptions.signal)) yield* embedded;
  }

  /** Texts as they come, in batches; a blank one that stands for zeros has no text. */
  async function* batchesOf(
    texts: Iterable<string> | AsyncIterable<string>,
    rules: EmbedOptions,
  ): AsyncGenerator<Batch, void, undefined> {
    let batch: PreparedText[] = [];
    let index = 0;
    for await (const text of texts) {
      const prepared = prepareText(text, index, family, rules);
      if (prepared.kind === "refused") throw prepared.error;
      batch.push(prepared.kind === "send" ? prepared.prepared : { text: "", index, cut: false });
      index += 1;
      if (batch.length < limits.maxBatch) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  return {
    model,
    dimensions,
    maxInputTokens: limits.maxInputTokens,
    warnings,
    embed: async (texts, embedOptions) => (await embedWithUsage(texts, embedOptions)).vectors,
    embedWithUsage,
    embedSettled,
    embedEach,
  };
}

function checkConcurrency(concurrency: number): number {
  if (concurrency >= 1 && Number.isSafeInteger(concurrency)) return concurrency;
  const problem = `The option concurrency is ${concurrency}`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: "Give a whole number of at least 1" });
}
