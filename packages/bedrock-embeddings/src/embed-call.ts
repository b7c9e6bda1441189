import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { cutText } from "./cut-text.ts";
import type { EmbeddingModel } from "./embedding-model.ts";
import { FAMILIES } from "./families/families.ts";
import type { EmbeddingPurpose } from "./families/family.ts";
import type { Invoke } from "./invoke.ts";
import type { PreparedText, TextRules } from "./prepare-texts.ts";
import { readAnswer } from "./read-answer.ts";

/** Texts of one call. */
export type Batch = readonly PreparedText[];

export interface EmbeddedBatch {
  /** One for each text. */
  readonly vectors: readonly Float32Array[];
  /** Indexes of texts whose end is certain to be missing. */
  readonly cut: readonly number[];
  readonly inputTokens: number | undefined;
  readonly calls: number;
}

export interface EmbedCallInit {
  /** The model's name for messages. */
  readonly model: string;
  readonly resolved: EmbeddingModel;
  readonly region: string;
  readonly invoke: Invoke;
}

/** Cuts a text that is refused for its length so often at most; each cut takes away a twentieth or more. */
const MAX_CUTS = 8;

/** One call of InvokeModel; more, where a model that cannot cut is given a text that is too long. */
export function embedCaller({ model, resolved, region, invoke }: EmbedCallInit) {
  const { limits, dimensions, wireId } = resolved;
  const family = FAMILIES[limits.request];

  async function once(batch: Batch, purpose: EmbeddingPurpose, truncate: boolean, signal: AbortSignal) {
    const what = named(batch);
    try {
      const texts = batch.map(({ text }) => text);
      const answer = await invoke(wireId, family.body({ texts, purpose, dimensions, truncate }), signal);
      const read = readAnswer(family, answer.body, { of: `${model} for ${what}`, texts: texts.length, dimensions });
      return { vectors: read.vectors, inputTokens: read.inputTokens ?? answer.inputTokens };
    } catch (error) {
      throw toBedrockError(error, { action: `Embedding ${what} with ${model}`, model, region });
    }
  }

  return async (
    given: Batch,
    purpose: EmbeddingPurpose,
    { oversized = "cut" }: TextRules,
    signal: AbortSignal,
  ): Promise<EmbeddedBatch> => {
    const truncate = oversized === "cut";
    let batch = given;
    for (let calls = 1; ; calls++) {
      try {
        const { vectors, inputTokens } = await once(batch, purpose, truncate, signal);
        const full = batch.length === 1 && inputTokens !== undefined && inputTokens >= limits.maxInputTokens;
        const cut = batch.filter(
          ({ text, cut: before }) =>
            before || (family.truncates && (full || certainlyLonger(text, limits.maxInputTokens))),
        );
        return { vectors, cut: cut.map(({ index }) => index), inputTokens, calls };
      } catch (error) {
        const [only, ...others] = batch;
        const shorter =
          truncate && !family.truncates && only && others.length === 0 ? shortened(only, error) : undefined;
        if (!shorter || calls > MAX_CUTS) throw error;
        batch = [shorter];
      }
    }
  };
}

/** Every word is at least one token. */
function certainlyLonger(text: string, maxTokens: number): boolean {
  if (text.length < 2 * maxTokens) return false;
  let words = 0;
  for (const _ of text.matchAll(/\S+/gu)) if (++words > maxTokens) return true;
  return false;
}

const TOO_LONG = /too (?:long|many (?:input )?tokens)|exceed|max(?:imum)?\b.*\b(?:length|tokens|characters)/iu;

/** The text again, as much shorter as the refusal says, or half; `undefined` where its length was not the reason. */
function shortened(prepared: PreparedText, error: unknown): PreparedText | undefined {
  if (!(error instanceof BedrockError)) return undefined;
  const said = error.service?.message ?? "";
  const overflow = error.kind === "context-overflow" || (error.kind === "invalid-request" && TOO_LONG.test(said));
  if (!overflow || prepared.text.length < 2) return undefined;
  const [, most, asked] = /Max input tokens: (\d+), request input token count: (\d+)/iu.exec(said) ?? [];
  const ratio = most && asked ? Math.min(0.95, (0.95 * Number(most)) / Number(asked)) : 0.5;
  const text = cutText(prepared.text, Math.max(1, Math.floor(prepared.text.length * ratio)));
  return text.trim() === "" ? undefined : { ...prepared, text, cut: true };
}

function named(batch: Batch): string {
  const [first] = batch;
  const last = batch.at(-1);
  if (!first || !last || first === last) return `texts[${first?.index ?? 0}]`;
  const gapless = last.index - first.index === batch.length - 1;
  return `texts[${first.index}] to texts[${last.index}]${gapless ? "" : ` (${batch.length} texts)`}`;
}
