import { bedrockErrorFromService, type ErrorContext, type MessageBuilder, type Usage } from "@clawrock/conversation";
import { type ChatUsage, chatChunk, type ToolCallPiece } from "./chat-chunk.ts";
import { chatStop, namelessCall } from "./chat-stop.ts";
import type { ToolCallIds } from "./tool-call-ids.ts";

export interface ChatAnswerInit {
  readonly builder: MessageBuilder;
  readonly toolCallIds: ToolCallIds;
  /** The callers' names of tools by the ones on the wire. */
  readonly toolNames: ReadonlyMap<string, string>;
  readonly usage: (usage: ChatUsage) => Usage;
  readonly context: ErrorContext;
}

/** A tool call that is arriving. Its block opens when its name is known. */
interface OpenCall {
  readonly index: number;
  block: number | undefined;
  id: string;
  /** Input that came before the name. */
  early: string;
}

/** Puts the chunks of one streamed chat completion into a message. */
export class ChatAnswer {
  readonly #init: ChatAnswerInit;
  readonly #calls: OpenCall[] = [];
  #blocks = 0;
  #prose: { kind: "text" | "thinking"; block: number } | undefined;
  #responseId: string | undefined;

  constructor(init: ChatAnswerInit) {
    this.#init = init;
  }

  /** @throws BedrockError for an error the service put into the stream. */
  apply(data: unknown): void {
    const chunk = chatChunk(data);
    const { builder, context, usage } = this.#init;
    if (chunk.error) throw bedrockErrorFromService(chunk.error, context);
    this.#responseId ??= chunk.id;
    if (chunk.reasoning) this.#add("thinking", chunk.reasoning);
    if (chunk.text) this.#add("text", chunk.text);
    for (const piece of chunk.toolCalls) this.#addCall(piece);
    if (chunk.usage) builder.usage(usage(chunk.usage));
    if (chunk.finishReason) this.#stop(chunk.finishReason);
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
    const last = index === undefined ? this.#calls.at(-1) : this.#calls.findLast((call) => call.index === index);
    const isOther = id !== "" && id !== last?.id && (index === undefined || (last?.id !== "" && name !== ""));
    if (last && !isOther) return last;
    const call = { index: index ?? this.#calls.length, block: undefined, id: "", early: "" };
    this.#calls.push(call);
    return call;
  }

  #stop(finishReason: string): void {
    const { builder } = this.#init;
    this.#endProse();
    for (const { block } of this.#calls) if (block !== undefined) builder.endBlock(block);
    const isNameless = this.#calls.some(({ block }) => block === undefined);
    const { reason, error } = isNameless ? namelessCall() : chatStop(finishReason, this.#calls.length > 0);
    builder.stop(reason, finishReason, error);
  }
}
