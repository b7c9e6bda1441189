import { BedrockError } from "@clawrock/conversation";
import type { Batch, EmbeddedBatch } from "./embed-call.ts";

/** What became of one text of a batch. */
export type Settled =
  | { readonly index: number; readonly vector: Float32Array }
  | { readonly index: number; readonly error: BedrockError };

export interface SettledBatch extends Omit<EmbeddedBatch, "vectors" | "inputTokens"> {
  readonly settled: readonly Settled[];
  /** `undefined` if the service did not count. */
  readonly inputTokens: number | undefined;
}

/**
 * Embeds a batch; where the service refuses it for what is in it, its halves, and so on, until the texts to blame stand alone.
 *
 * @throws what is no text's fault: credentials, access, throttling, an abort
 */
export async function isolateFailures(
  batch: Batch,
  embed: (batch: Batch) => Promise<EmbeddedBatch>,
): Promise<SettledBatch> {
  try {
    const { vectors, ...rest } = await embed(batch);
    const settled = batch.flatMap(({ index }, at) => {
      const vector = vectors[at];
      return vector ? [{ index, vector }] : [];
    });
    return { ...rest, settled };
  } catch (error) {
    if (!(error instanceof BedrockError) || !isOfTheText(error)) throw error;
    if (batch.length === 1) {
      const settled = batch.map(({ index }) => ({ index, error }));
      return { settled, cut: [], inputTokens: 0, calls: 1 };
    }
    const middle = Math.ceil(batch.length / 2);
    const halves = [
      await isolateFailures(batch.slice(0, middle), embed),
      await isolateFailures(batch.slice(middle), embed),
    ];
    return {
      settled: halves.flatMap(({ settled }) => settled),
      cut: halves.flatMap(({ cut }) => cut),
      inputTokens: sumTokens(halves.map(({ inputTokens }) => inputTokens)),
      calls: halves.reduce((sum, { calls }) => sum + calls, 1),
    };
  }
}

/** The sum; `undefined` if any is not known. */
export function sumTokens(counts: readonly (number | undefined)[]): number | undefined {
  return counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
}

function isOfTheText({ kind }: BedrockError): boolean {
  return kind === "invalid-request" || kind === "context-overflow" || kind === "protocol";
}
