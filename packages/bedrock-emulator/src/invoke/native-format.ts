import type { CacheCount } from "../converse/prompt-cache.ts";
import type { AnswerEvent, StopReason } from "../engine/turn.ts";
import type { JsonObject } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";

/** A whole answer, for a family to write in its own form. */
export interface NativeAnswer {
  readonly events: readonly AnswerEvent[];
  readonly text: string;
  readonly reason: StopReason;
  readonly stopSequence?: string;
  /** Tokens. */
  readonly inputTokens: number;
  /** Tokens. */
  readonly outputTokens: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** What a family may say of a request while it answers. */
export interface NativeRequest {
  readonly body: JsonObject;
  readonly model: AddressedModel;
  /** Tokens. */
  readonly inputTokens: number;
  readonly cache?: CacheCount;
}

/** The chunks of one streamed answer. */
export interface NativeStream {
  begin(): object[];
  take(event: AnswerEvent): object[];
  /** At least one chunk; the metrics of the call are put into the last. */
  end(answer: NativeAnswer): object[];
}

/** How a family of models takes and gives the bodies of InvokeModel. */
export interface NativeFormat {
  /** The request as a body of Converse, which is what the rest of the emulator works on. Throws the model's refusals. */
  toConverse(body: JsonObject, model: AddressedModel): JsonObject;
  answer(request: NativeRequest, answer: NativeAnswer): object;
  stream(request: NativeRequest): NativeStream;
}
