import type { BedrockError } from "@clawrock/conversation";
import { type ModelCapabilities, priceOf } from "@clawrock/model-capabilities";
import type { Batch } from "./embed-call.ts";
import type { EmbeddingFailure, EmbeddingUsage, SettledEmbeddings } from "./embedder-types.ts";
import type { EmbeddingFamily } from "./families/family.ts";
import { type SettledBatch, sumTokens } from "./isolate-failures.ts";
import { type PreparedText, prepareText, type TextRules } from "./prepare-texts.ts";

/** What is sent for a list of texts, and where the vectors belong. */
export interface Plan {
  readonly batches: readonly Batch[];
  /** By the first index of each text, all of them. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  readonly blank: readonly number[];
  readonly refused: readonly EmbeddingFailure[];
}

/** Equal texts are embedded once. */
export function planTexts(texts: readonly string[], family: EmbeddingFamily, maxBatch: number, rules: TextRules): Plan {
  const firsts = new Map<string, number>();
  const places = new Map<number, number[]>();
  const send: PreparedText[] = [];
  const blank: number[] = [];
  const refused: EmbeddingFailure[] = [];
  for (const [index, given] of Array.from(texts).entries()) {
    const first = firsts.get(given);
    const known = first === undefined ? undefined : places.get(first);
    if (known) {
      known.push(index);
      continue;
    }
    const prepared = prepareText(given, index, family, rules);
    if (prepared.kind === "zero") blank.push(index);
    else if (prepared.kind === "refused") refused.push({ index, error: prepared.error });
    else {
      send.push(prepared.prepared);
      firsts.set(given, index);
      places.set(index, [index]);
    }
  }
  const batches: Batch[] = [];
  for (let at = 0; at < send.length; at += maxBatch) batches.push(send.slice(at, at + maxBatch));
  return { batches, places, blank, refused };
}

/** Vectors, failures and figures of a plan's batches, each where its text stands. */
export function gather(
  { length, dimensions, capabilities }: GatherInit,
  { places, blank, refused, batches }: Plan,
  results: readonly SettledBatch[],
  stopped?: BedrockError,
): Omit<SettledEmbeddings, "stopped"> {
  const vectors = Array.from<Float32Array | undefined>({ length });
  const failures = [...refused];
  const all = (first: number): readonly number[] => places.get(first) ?? [first];
  for (const index of blank) vectors[index] = new Float32Array(dimensions);
  for (const settled of results.flatMap((result) => result.settled)) {
    for (const index of all(settled.index)) {
      if ("error" in settled) failures.push({ index, error: settled.error });
      // Each text has a vector of its own, so that changing one leaves its equals alone.
      else vectors[index] = index === settled.index ? settled.vector : settled.vector.slice();
    }
  }
  if (stopped) {
    const failed = new Set(failures.map(({ index }) => index));
    const unsent = batches.flat().flatMap(({ index }) => all(index));
    for (const index of unsent) if (!vectors[index] && !failed.has(index)) failures.push({ index, error: stopped });
  }
  return {
    vectors,
    failures: failures.sort((a, b) => a.index - b.index),
    cut: results.flatMap(({ cut }) => cut.flatMap(all)).sort((a, b) => a - b),
    blank,
    usage: usageOf(results, capabilities),
  };
}

export interface GatherInit {
  /** Texts that were given. */
  readonly length: number;
  readonly dimensions: number;
  readonly capabilities: ModelCapabilities;
}

function usageOf(results: readonly SettledBatch[], capabilities: ModelCapabilities): EmbeddingUsage {
  const inputTokens = sumTokens(results.map((result) => result.inputTokens));
  return {
    inputTokens,
    calls: results.reduce((sum, { calls }) => sum + calls, 0),
    cost: inputTokens === undefined ? undefined : priceOf(capabilities, { input: inputTokens, output: 0 }),
  };
}
