import { BedrockError } from "./errors/bedrock-error.ts";
import { EventQueue } from "./event-queue.ts";
import { PartialJson } from "./partial-json.ts";
import { isRecord, parseToolInput } from "./tool-input.ts";
import type {
  AssistantMessage,
  AssistantMessageEvent,
  Citation,
  RequestAdjustment,
  ServerToolUse,
  StopReason,
  TextContent,
  ThinkingContent,
  Timing,
  ToolCall,
  Usage,
} from "./types.ts";
import { emptyUsage } from "./usage.ts";

export interface MessageBuilderInit {
  readonly api: string;
  readonly provider: string;
  readonly model: string;
  /** Milliseconds since the epoch. Default: now. */
  readonly timestamp?: number;
}

/** A block that is still growing; of a tool call also the raw JSON so far, and its reading. */
interface OpenBlock {
  readonly contentIndex: number;
  readonly content: TextContent | ThinkingContent | ToolCall;
  input: string;
  readonly partialInput: PartialJson | undefined;
}

/**
 * The reducer: a provider's block events go in by method, the growing message and the events of the conversation come
 * out. Block numbers are the provider's own; content indices are given in order of appearance. Nothing is emitted after
 * the terminal event, and there is exactly one.
 *
 * A tool call whose input is not a JSON object never becomes a call: the message ends as an error of kind `protocol`
 * and no sibling call is handed out either, because half of a parallel batch is not what the model asked for.
 */
export class MessageBuilder {
  /** The message so far; after `error` the final one, which holds no tool calls. */
  message: AssistantMessage;
  /** The message's content; while the answer is held back it is nobody else's. */
  readonly #content: AssistantMessage["content"];
  #citations = new Map<number, Citation[]>();
  readonly #queue = new EventQueue();
  #open = new Map<number, OpenBlock>();
  #serverTools = new Map<number, ServerToolUse>();
  #broken: string | undefined;
  #stop: { reason: StopReason; raw: string; error: BedrockError | undefined } | undefined;
  #started = false;
  #ended = false;

  constructor(init: MessageBuilderInit) {
    this.message = {
      role: "assistant",
      content: [],
      api: init.api,
      provider: init.provider,
      model: init.model,
      usage: emptyUsage(),
      stopReason: "stop",
      timestamp: init.timestamp ?? Date.now(),
    };
    this.#content = this.message.content;
  }

  /**
   * Hands nothing out before the end: for models whose refusal withdraws what they said. Ends that are refusals then leave no
   * content at all. To be called before the first block.
   */
  holdUntilStop(): void {
    if (this.#queue.holds || !this.empty) return;
    this.#queue.hold();
    this.message.content = [];
  }

  /** Whether no block has begun. */
  get empty(): boolean {
    return this.#content.length === 0;
  }

  /** Whether the terminal event was emitted. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Takes the events emitted since the last call. */
  take(): AssistantMessageEvent[] {
    return this.#queue.take();
  }

  /** Emits `start`; implied by the first block. */
  start(): void {
    if (this.#started || this.#ended) return;
    this.#started = true;
    this.#queue.push({ type: "start", partial: this.message });
  }

  text(block: number, delta: string): void {
    // Providers open blocks with empty pieces; an empty text block would be refused when the transcript is sent back.
    if (delta === "" || this.#ended) return;
    const open = this.#openAs("text", block) ?? this.#add(block, { type: "text", text: "" }, "text_start");
    if (open.content.type !== "text") return;
    if (this.#citations.size > 0) this.#cite(block, open.content);
    open.content.text += delta;
    this.#queue.push({ type: "text_delta", contentIndex: open.contentIndex, delta, partial: this.message });
  }

  /** A source of the block's text. Providers send it before the words that stand on it: it waits for them. */
  citation(block: number, citation: Citation): void {
    if (this.#ended) return;
    this.#citations.set(block, [...(this.#citations.get(block) ?? []), citation]);
    const open = this.#open.get(block);
    if (open?.content.type === "text") this.#cite(block, open.content);
  }

  #cite(block: number, content: TextContent): void {
    const waiting = this.#citations.get(block);
    if (!waiting) return;
    this.#citations.delete(block);
    content.citations = [...(content.citations ?? []), ...waiting];
  }

  thinking(block: number, delta: string): void {
    const open = this.#thinkingBlock(block);
    if (open?.content.type !== "thinking" || delta === "") return;
    open.content.thinking += delta;
    this.#queue.push({ type: "thinking_delta", contentIndex: open.contentIndex, delta, partial: this.message });
  }

  /** The opaque signature of a thinking block; pieces are joined. */
  thinkingSignature(block: number, signature: string): void {
    const open = this.#thinkingBlock(block);
    if (open?.content.type !== "thinking") return;
    open.content.thinkingSignature = (open.content.thinkingSignature ?? "") + signature;
  }

  /** The base64 of a provider's encrypted reasoning; kept in `thinkingSignature` with `redacted: true`. */
  redactedThinking(block: number, base64: string): void {
    const open = this.#thinkingBlock(block);
    if (open?.content.type !== "thinking") return;
    open.content.redacted = true;
    open.content.thinkingSignature = (open.content.thinkingSignature ?? "") + base64;
  }

  toolCall(block: number, id: string, name: string): void {
    if (this.#ended) return;
    this.endBlock(block);
    if (id === "" || name === "") this.#broken ??= "a tool call has no id or no name";
    this.#add(block, { type: "toolCall", id, name, arguments: {} }, "toolcall_start");
  }

  /** A tool that the service runs itself: kept in `serverToolUses`, never handed out as a call. */
  serverTool(block: number, id: string, name: string): void {
    const use: ServerToolUse = { id, name, input: "" };
    this.#serverTools.set(block, use);
    this.message.serverToolUses = [...(this.message.serverToolUses ?? []), use];
  }

  /** The result of a tool that the service ran, by the id of its use. */
  serverToolResult(id: string, result: unknown): void {
    const use = this.message.serverToolUses?.find((candidate) => candidate.id === id);
    if (use) use.result = result;
  }

  /** The next piece of a tool call's JSON input. */
  toolInput(block: number, delta: string): void {
    const served = this.#serverTools.get(block);
    if (served) served.input += delta;
    const open = this.#open.get(block);
    if (this.#ended || open?.content.type !== "toolCall" || delta === "") return;
    open.input += delta;
    open.partialInput?.push(delta);
    const { value } = open.partialInput ?? {};
    if (isRecord(value)) open.content.arguments = value;
    this.#queue.push({ type: "toolcall_delta", contentIndex: open.contentIndex, delta, partial: this.message });
  }

  endBlock(block: number): void {
    this.#serverTools.delete(block);
    const open = this.#open.get(block);
    if (this.#ended || !open) return;
    this.#open.delete(block);
    const { content, contentIndex } = open;
    const partial = this.message;
    if (content.type === "text") this.#queue.push({ type: "text_end", contentIndex, content: content.text, partial });
    else if (content.type === "thinking") {
      this.#queue.push({ type: "thinking_end", contentIndex, content: content.thinking, partial });
    } else {
      const input = parseToolInput(open.input);
      if (input === undefined) {
        this.#broken ??= `the input of tool call "${content.name}" is not a JSON object`;
        return;
      }
      content.arguments = input;
      this.#queue.push({ type: "toolcall_end", contentIndex, toolCall: content, partial });
    }
  }

  /** Why the model stopped: the reason in our words, the provider's own, and for `error` the error to end with. */
  stop(reason: StopReason, raw: string, error?: BedrockError): void {
    this.#stop = { reason, raw, error };
  }

  usage(usage: Usage): void {
    this.message.usage = usage;
  }

  /** Fields of the model's own answer that were asked for by their paths. */
  modelResponseFields(fields: unknown): void {
    this.message.modelResponseFields = fields;
  }

  timing(timing: Timing): void {
    this.message.timing = { ...this.message.timing, ...timing };
  }

  /** The request was mended and sent again. */
  adjusted(adjustment: RequestAdjustment): void {
    if (!this.#ended) this.message.adjustments = [...(this.message.adjustments ?? []), adjustment];
  }

  /** An event that the provider's reader does not know. The first 20 are kept. */
  unknownEvent(name: string, payload: unknown): void {
    const known = this.message.unknownEvents ?? [];
    if (this.#ended || known.length >= MAX_UNKNOWN_EVENTS) return;
    const small = (JSON.stringify(payload) ?? "").length <= MAX_UNKNOWN_LENGTH;
    this.message.unknownEvents = [...known, small ? { name, payload } : { name }];
  }

  responseId(id: string | undefined): void {
    if (id) this.message.responseId = id;
  }

  /** The provider has sent everything: `done`, or `error` if what was sent is not a whole answer. */
  finish(): void {
    if (this.#ended) return;
    // A provider that says "tool use" has sent the whole call, even if it did not close the block.
    const whole = this.#stop?.reason === "toolUse";
    for (const [block, { content }] of [...this.#open]) {
      if (content.type === "toolCall" && !whole) this.#broken ??= `tool call "${content.name}" was cut before its end`;
      else this.endBlock(block);
    }
    if (!this.#stop) {
      this.fail(new BedrockError({ kind: "protocol", problem: "The stream ended without a stop reason", fix: RETRY }));
      return;
    }
    this.message.rawStopReason = this.#stop.raw;
    // A refusal or an intervention may stop a call halfway: why it stopped says more than that it is not whole.
    if (this.#broken && !this.#stop.error) {
      const problem = `The answer is broken: ${this.#broken} (stop reason ${this.#stop.raw})`;
      const fix = this.#stop.reason === "length" ? "Raise maxTokens: the answer was cut by the limit" : RETRY;
      this.fail(new BedrockError({ kind: "protocol", problem, fix }));
      return;
    }
    const { reason, error, raw } = this.#stop;
    if (error || reason === "error" || reason === "aborted") {
      this.fail(error ?? new BedrockError({ kind: "unknown", problem: `The model stopped with ${raw}` }));
      return;
    }
    this.start();
    this.#release();
    this.#ended = true;
    this.message.stopReason = reason;
    this.#queue.push({ type: "done", reason, message: this.message });
  }

  /** Ends the message with an error. Text and thinking that arrived stay in it; tool calls do not. */
  fail(error: BedrockError): void {
    if (this.#ended) return;
    this.start();
    if (this.#queue.holds && error.kind === "refused") this.#queue.withdraw();
    else this.#release();
    this.#ended = true;
    // A message of its own: events that are not read yet point into the content of the live one.
    const content = this.message.content.filter((part) => part.type !== "toolCall");
    const reason = error.kind === "aborted" ? "aborted" : "error";
    const final: AssistantMessage = { ...this.message, content, stopReason: reason };
    final.errorMessage = error.message;
    final.errorCode = error.kind;
    if (this.#stop) final.rawStopReason = this.#stop.raw;
    if (error.service?.requestId) final.responseId ??= error.service.requestId;
    this.message = final;
    this.#queue.push({ type: "error", reason, error: final });
  }

  /** Hands out what was held back. */
  #release(): void {
    if (!this.#queue.holds) return;
    this.message.content = this.#content;
    this.#queue.release();
  }

  #thinkingBlock(block: number): OpenBlock | undefined {
    if (this.#ended) return undefined;
    return this.#openAs("thinking", block) ?? this.#add(block, { type: "thinking", thinking: "" }, "thinking_start");
  }

  /** The open block of that number, if it is of that kind; one of another kind is ended, so that nothing is lost. */
  #openAs(type: "text" | "thinking", block: number): OpenBlock | undefined {
    const open = this.#open.get(block);
    if (open && open.content.type !== type) this.endBlock(block);
    return open?.content.type === type ? open : undefined;
  }

  #add(
    block: number,
    content: OpenBlock["content"],
    type: "text_start" | "thinking_start" | "toolcall_start",
  ): OpenBlock {
    this.start();
    const contentIndex = this.#content.push(content) - 1;
    const partialInput = content.type === "toolCall" ? new PartialJson() : undefined;
    const open: OpenBlock = { contentIndex, content, input: "", partialInput };
    this.#open.set(block, open);
    this.#queue.push({ type, contentIndex, partial: this.message });
    return open;
  }
}

const RETRY = "Send the request again";
const MAX_UNKNOWN_EVENTS = 20;
const MAX_UNKNOWN_LENGTH = 4096;
