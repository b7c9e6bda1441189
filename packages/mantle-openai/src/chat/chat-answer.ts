import { errorFrame } from "../stream/error-frame.ts";
import type { Answer, AnswerInit } from "../turn/family.ts";
import { record } from "../turn/json.ts";
import { pricedUsage } from "../turn/usage.ts";
import { type ChatUsage, chatChunk, type ToolCallPiece } from "./chat-chunk.ts";
import { chatStop, namelessCall } from "./chat-stop.ts";

/** A tool call that is arriving. Its block opens when its name is known. */
interface OpenCall {
  readonly index: number;
  block: number | undefined;
  id: string;
  /** Input that came before the name. */
  early: string;
}

/** Puts the chunks of one streamed chat completion into a message. */
export class ChatAnswer implements Answer {
  readonly #init: AnswerInit;
  readonly #calls: OpenCall[] = [];
  #blocks = 0;
  #prose: { kind: "text" | "thinking"; block: number } | undefined;
  #responseId: string | undefined;

  constructor(init: AnswerInit) {
    this.#init = init;
  }

  apply(frame: unknown): boolean {
    const data = record(frame);
    const { builder, context } = this.#init;
    // An error, or a bare message of AWS where a chunk would be.
    if (data["error"] || !Array.isArray(data["choices"])) {
      const error = errorFrame(data, context);
      if (error) throw error;
    }
    const chunk = chatChunk(data);
    this.#responseId ??= chunk.id;
    if (chunk.reasoning) this.#add("thinking", chunk.reasoning);
    if (chunk.text) this.#add("text", chunk.text);
    for (const piece of chunk.toolCalls) this.#addCall(piece);
    if (chunk.usage) builder.usage(this.#usage(chunk.usage));
    if (chunk.finishReason) this.#stop(chunk.finishReason);
    return false;
  }

  /** `prompt_tokens` includes what was read from the cache, our `input` does not. */
  #usage({ promptTokens, completionTokens, cachedTokens, totalTokens }: ChatUsage): ReturnType<typeof pricedUsage> {
    const tokens = {
      input: promptTokens - cachedTokens,
      output: completionTokens,
      cacheRead: cachedTokens,
      cacheWrite: 0,
    };
    return pricedUsage(tokens, this.#init.capabilities, totalTokens);
  }

  #add(kind: "text" | "thinking", delta: string): void {
    if (this.#prose?.kind !== kind) {
      this.#endProse();
      this.#prose = { kind, block: this.#blocks++ };
    }
    this.#init.builder[kind](this.#prose.block, delta);
  }

  #endProse(): void {
    if (this.#prose) this.#init.builder.endBlock(this.#prose.block);
    this.#prose = undefined;
  }

  #addCall(piece: ToolCallPiece): void {
    const { builder } = this.#init;
    const { id, name, input } = piece;
    if (id === "" && name === "" && input === "") return;
    const call = this.#callOf(piece);
    if (call.id === "") call.id = id;
    call.early += call.block === undefined ? input : "";
    if (call.block !== undefined) builder.toolInput(call.block, input);
    else if (name !== "") {
      this.#endProse();
      call.block = this.#blocks++;
      builder.toolCall(
        call.block,
        this.#init.toolCallIds(call.id, this.#responseId),
        this.#init.toolNames.get(name) ?? name,
      );
      builder.toolInput(call.block, call.early);
    }
  }

  /**
   * Without an index, an id that is new begins a call and everything else goes on with the last one. Some models give every
   * call the index 0; there a new id with a name begins one.
   */
  #callOf({ index, id, name }: ToolCallPiece): OpenCall {
    const latest = this.#calls.at(-1);
    if (latest && id === "" && (index === undefined || index === latest.index)) return latest;
    const last = index === undefined ? latest : this.#calls.findLast((call) => call.index === index);
    const isOther = id !== "" && id !== last?.id && (index === undefined || (last?.id !== "" && name !== ""));
    if (last && !isOther) return last;
    const call = { index: index ?? this.#calls.length, block: undefined, id: "", early: "" };
    this.#calls.push(call);
    return call;
  }

  #stop(finishReason: string): void {
    const { builder, guarded } = this.#init;
    this.#endProse();
    for (const { block } of this.#calls) if (block !== undefined) builder.endBlock(block);
    const isNameless = this.#calls.some(({ block }) => block === undefined);
    const { reason, error } = isNameless ? namelessCall() : chatStop(finishReason, this.#calls.length > 0, guarded);
    builder.stop(reason, finishReason, error);
  }
}
