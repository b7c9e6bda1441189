import {
  BedrockError,
  type BlockSource,
  type ErrorContext,
  type MessageBuilder,
  toBedrockError,
} from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { applyBlockDelta, applyBlockStart } from "./apply-event.ts";
import type { ContentBlockDelta, ContentBlockStart, ConverseMetadata } from "./converse-events.ts";
import { errorOfFrame } from "./exception-frame.ts";
import type { Frame } from "./frame-decoder.ts";
import { RawEventStream } from "./raw-event-stream.ts";
import { SilenceWatch } from "./silence-watch.ts";
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

/** An accepted call: the stream in the answer and the service's request id. */
export interface OpenedStream {
  readonly stream: unknown;
  readonly requestId: string | undefined;
}

/** How long the service may be silent, in milliseconds; 0 is for ever. */
export interface Timeouts {
  /** From sending the request to the first bytes of the answer. */
  readonly firstByteMs: number;
  /** Between two pieces of the answer. */
  readonly idleMs: number;
}

export interface ConverseSourceInit {
  readonly builder: MessageBuilder;
  readonly capabilities: ModelCapabilities;
  readonly context: ErrorContext;
  /** The caller's names of tools by the names that went over the wire. */
  readonly toolNames: ReadonlyMap<string, string>;
  readonly timeouts: Timeouts;
  /** Sends the request; called at once. */
  open(signal: AbortSignal): Promise<OpenedStream>;
}

type Next = () => Promise<boolean>;

/** Reads a ConverseStream answer into a message. */
export class ConverseSource implements BlockSource {
  readonly #init: ConverseSourceInit;
  readonly #cancelled = new AbortController();
  readonly #opened: Promise<OpenedStream>;
  readonly #watch: SilenceWatch;
  #silence: BedrockError | undefined;
  #next: Next | undefined;
  #release: (() => void) | undefined;
  #anyBytes = false;
  #requestId: string | undefined;
  #stopReason: string | undefined;
  #trace: unknown;
  #serverToolId: string | undefined;

  constructor(init: ConverseSourceInit) {
    this.#init = init;
    this.#watch = new SilenceWatch((limitMs) => this.#giveUp(limitMs));
    this.#opened = init.open(this.#cancelled.signal);
    // The rejection is reported by the first pull; until somebody pulls it must not count as unhandled.
    this.#opened.catch(() => undefined);
  }

  async pull(): Promise<boolean> {
    const { firstByteMs, idleMs } = this.#init.timeouts;
    this.#watch.begin(this.#anyBytes ? idleMs : firstByteMs);
    try {
      this.#next ??= await this.#start();
      if (await this.#next()) {
        this.#anyBytes = true;
        this.#watch.end();
        return true;
      }
    } catch (error) {
      this.#watch.stop();
      throw this.#silence ?? this.#failure(error);
    }
    this.#watch.stop();
    this.#end();
    return false;
  }

  cancel(): void {
    this.#watch.stop();
    this.#cancelled.abort();
    this.#release?.();
  }

  #giveUp(limitMs: number): void {
    const what = this.#anyBytes ? "The answer stopped arriving: nothing came" : "No answer came";
    const service = { requestId: this.#requestId };
    const problem = `${this.#init.context.action ?? "Converse"}: ${what} for ${limitMs / 1000} seconds`;
    this.#silence = new BedrockError({ kind: "timeout", problem, fix: "Try again, or raise the timeouts", service });
    this.cancel();
  }

  async #start(): Promise<Next> {
    const { stream, requestId } = await this.#opened;
    this.#requestId = requestId;
    this.#init.builder.responseId(requestId);
    this.#init.builder.start();
    if (stream instanceof RawEventStream) {
      this.#release = () => stream.cancel();
      if (this.#cancelled.signal.aborted) stream.cancel();
      return () => stream.pull(this.#onFrame);
    }
    const events = (stream as AsyncIterable<Record<string, unknown>>)[Symbol.asyncIterator]();
    this.#release = () => void events.return?.().catch(() => undefined);
    return async () => {
      const { value, done } = await events.next();
      if (!done) for (const [name, event] of Object.entries(value)) this.#apply(name, event);
      return !done;
    };
  }

  #failure(error: unknown): BedrockError {
    const failure = toBedrockError(error, this.#init.context);
    const midAnswer = this.#next !== undefined && failure.kind === "unreachable";
    if (!midAnswer) return failure;
    const problem = "The connection was cut in the middle of the answer";
    const service = { requestId: this.#requestId };
    return new BedrockError({ kind: "protocol", problem, fix: "Send the request again", service, cause: error });
  }

  readonly #onFrame = (frame: Frame): void => {
    if (frame.messageType !== "event") throw errorOfFrame(frame, this.#requestId, this.#init.context);
    this.#apply(frame.name, parsePayload(frame));
  };

  #apply(name: string, event: unknown): void {
    const { builder, capabilities, toolNames } = this.#init;
    switch (name) {
      case "contentBlockDelta":
        applyBlockDelta(builder, event as ContentBlockDelta);
        this.#serverResult(event as ContentBlockDelta);
        break;
      case "contentBlockStart":
        applyBlockStart(builder, event as ContentBlockStart, toolNames);
        this.#serverToolId = (event as ContentBlockStart).start?.toolResult?.toolUseId;
        break;
      case "contentBlockStop":
        builder.endBlock((event as { contentBlockIndex?: number }).contentBlockIndex ?? 0);
        break;
      case "messageStop":
        this.#stopReason = (event as { stopReason?: string }).stopReason ?? "";
        break;
      case "metadata": {
        const { usage, trace } = event as ConverseMetadata;
        builder.usage(usageOf(usage, capabilities));
        this.#trace = trace?.guardrail;
        break;
      }
      // messageStart says nothing new, and events of a later API version are not ours to judge.
      default:
    }
  }

  #serverResult({ delta }: ContentBlockDelta): void {
    if (delta?.toolResult && this.#serverToolId)
      this.#init.builder.serverToolResult(this.#serverToolId, delta.toolResult);
  }

  #end(): void {
    if (this.#stopReason === undefined) return;
    const { reason, error } = endingOf(this.#stopReason, this.#trace);
    this.#init.builder.stop(reason, this.#stopReason, error);
  }
}

function parsePayload(frame: Frame): unknown {
  try {
    return JSON.parse(frame.payload.toString("utf8"));
  } catch {
    const problem = `The event stream is corrupt: the payload of a ${frame.name} frame is not JSON`;
    throw new BedrockError({ kind: "protocol", problem, fix: "Send the request again" });
  }
}
