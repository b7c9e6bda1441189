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
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

/** An accepted call: the stream in the answer and the service's request id. */
export interface OpenedStream {
  readonly stream: unknown;
  readonly requestId: string | undefined;
}

export interface ConverseSourceInit {
  readonly builder: MessageBuilder;
  readonly capabilities: ModelCapabilities;
  readonly context: ErrorContext;
  /** The caller's names of tools by the names that went over the wire. */
  readonly toolNames: ReadonlyMap<string, string>;
  /** Sends the request; called at once. */
  open(signal: AbortSignal): Promise<OpenedStream>;
}

/** The events that are read; those of a later version of the API are not ours to judge. */
const READ = new Set(["contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"]);

/** The stream of an accepted call, whoever decodes it. */
interface Reader {
  /** Waits for the next events and hands each on; false at the end. */
  next(): Promise<boolean>;
  /** Closes the connection. */
  cancel(): void;
}

/** Reads a ConverseStream answer into a message. */
export class ConverseSource implements BlockSource {
  readonly #init: ConverseSourceInit;
  readonly #cancelled = new AbortController();
  readonly #opened: Promise<Reader>;
  #reader: Reader | undefined;
  #requestId: string | undefined;
  #stopReason: string | undefined;
  #metadata = false;
  #trace: unknown;
  #serverToolId: string | undefined;

  constructor(init: ConverseSourceInit) {
    this.#init = init;
    this.#opened = init.open(this.#cancelled.signal).then((opened) => this.#start(opened));
    // The rejection is reported by the first pull; until somebody pulls it must not count as unhandled.
    this.#opened.catch(() => undefined);
  }

  async pull(): Promise<boolean> {
    try {
      this.#reader ??= await this.#opened;
      if (await this.#reader.next()) return true;
    } catch (error) {
      // Everything the answer holds is there: what cut the connection after it does not matter.
      if (this.#stopReason === undefined || !this.#metadata) throw this.#failure(error);
      this.#reader?.cancel();
    }
    this.#end();
    return false;
  }

  cancel(): void {
    this.#cancelled.abort();
    // The answer may have arrived, or still arrive, without anybody having read of it.
    if (this.#reader) this.#reader.cancel();
    else this.#opened.then((reader) => reader.cancel()).catch(() => undefined);
  }

  #start({ stream, requestId }: OpenedStream): Reader {
    this.#requestId = requestId;
    this.#init.builder.responseId(requestId);
    this.#init.builder.start();
    if (stream instanceof RawEventStream) {
      return { next: () => stream.pull(this.#onFrame), cancel: () => stream.cancel() };
    }
    const events = (stream as AsyncIterable<Record<string, unknown>>)[Symbol.asyncIterator]();
    return {
      next: async () => {
        const { value, done } = await events.next();
        if (!done) for (const [name, event] of Object.entries(value)) this.#apply(name, event);
        return !done;
      },
      cancel: () => void events.return?.().catch(() => undefined),
    };
  }

  #failure(error: unknown): BedrockError {
    const failure = toBedrockError(error, this.#init.context);
    // Once the answer has begun, a failure that is not the service's own word is the connection's.
    const cut = this.#reader !== undefined && (failure.kind === "unreachable" || failure.kind === "unknown");
    if (!cut || failure.service?.status !== undefined) return failure;
    const problem = "The connection was cut in the middle of the answer";
    const service = { requestId: this.#requestId };
    return new BedrockError({ kind: "protocol", problem, fix: "Send the request again", service, cause: error });
  }

  readonly #onFrame = (frame: Frame): void => {
    if (frame.messageType !== "event") throw errorOfFrame(frame, this.#requestId, this.#init.context);
    if (READ.has(frame.name)) this.#apply(frame.name, parsePayload(frame));
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
        this.#metadata = true;
        this.#trace = trace?.guardrail;
        break;
      }
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
  let payload: unknown;
  try {
    payload = JSON.parse(frame.payload.toString("utf8"));
  } catch {
    payload = undefined;
  }
  if (typeof payload === "object" && payload !== null) return payload;
  const problem = `The event stream is corrupt: the payload of a ${frame.name} frame is not a JSON object`;
  throw new BedrockError({ kind: "protocol", problem, fix: "Send the request again" });
}
