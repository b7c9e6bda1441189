import {
  BedrockError,
  type BlockSource,
  bedrockErrorFromService,
  type ErrorContext,
  type MessageBuilder,
  toBedrockError,
} from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { applyBlockDelta, applyBlockStart } from "./apply-event.ts";
import type { ContentBlockDelta, ContentBlockStart, ConverseMetadata, StopEvent } from "./converse-events.ts";
import { errorOfFrame } from "./exception-frame.ts";
import type { Frame } from "./frame-decoder.ts";
import { RawEventStream } from "./raw-event-stream.ts";
import { endingOf } from "./stop-reason.ts";
import { usageOf } from "./usage.ts";

/** An accepted call: the stream in the answer and the service's request id. */
export interface OpenedStream {
  readonly stream: unknown;
  readonly requestId: string | undefined;
  /** Closes the connection. */
  release(): void;
}

export interface ConverseSourceInit {
  readonly builder: MessageBuilder;
  readonly capabilities: ModelCapabilities;
  readonly context: ErrorContext;
  /** The caller's names of tools by the names that went over the wire. */
  readonly toolNames: ReadonlyMap<string, string>;
  /** Called once, when the first piece of content arrives. */
  onFirstContent(): void;
  onUnknownEvent(name: string, payload: unknown): void;
  /** Sends the request; called at once. */
  open(signal: AbortSignal): Promise<OpenedStream>;
}

/** The events that are read; others, of a later version of the API, are kept as they are. */
const READ = new Set([
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
  "metadata",
]);

const READ_STARTS: ReadonlySet<string> = new Set(["toolUse", "toolResult"]);
const READ_DELTAS: ReadonlySet<string> = new Set(["text", "toolUse", "toolResult", "reasoningContent", "citation"]);

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
  #anyContent = false;
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

  #start({ stream, requestId, release }: OpenedStream): Reader {
    this.#requestId = requestId;
    this.#init.builder.responseId(requestId);
    this.#init.builder.start();
    if (stream instanceof RawEventStream) {
      return { next: () => stream.pull(this.#onFrame), cancel: release };
    }
    const events = (stream as AsyncIterable<Record<string, unknown>>)[Symbol.asyncIterator]();
    return {
      next: async () => {
        const { value, done } = await events.next();
        if (!done) for (const [name, event] of Object.entries(value)) this.#apply(name, event);
        return !done;
      },
      cancel: () => {
        release();
        void events.return?.().catch(() => undefined);
      },
    };
  }

  #failure(error: unknown): BedrockError {
    const failure = toBedrockError(error, this.#init.context);
    // Once the answer has begun, a failure that is not the service's own word is the connection's.
    const cut = this.#reader !== undefined && (failure.kind === "unreachable" || failure.kind === "unknown");
    // The SDK's exceptions of a stream do not know the request they belong to.
    if (this.#reader && failure.service?.name !== undefined && failure.service.requestId === undefined) {
      return bedrockErrorFromService({ ...failure.service, requestId: this.#requestId }, this.#init.context, error);
    }
    if (!cut || failure.service?.status !== undefined || failure.service?.name !== undefined) return failure;
    const problem = "The connection was cut in the middle of the answer";
    const service = { requestId: this.#requestId };
    return new BedrockError({ kind: "protocol", problem, fix: "Send the request again", service, cause: error });
  }

  readonly #onFrame = (frame: Frame): void => {
    if (frame.messageType !== "event") throw errorOfFrame(frame, this.#requestId, this.#init.context);
    if (READ.has(frame.name)) this.#apply(frame.name, parsePayload(frame));
    else this.#unknown(frame.name, readablePayload(frame));
  };

  #unknown(name: string, payload: unknown): void {
    this.#init.builder.unknownEvent(name, payload);
    this.#init.onUnknownEvent(name, payload);
  }

  /** Blocks and pieces of kinds that this version does not read. */
  #unknownPart(event: ContentBlockStart | ContentBlockDelta, name: string, read: ReadonlySet<string>): void {
    const part: unknown = "delta" in event ? event.delta : (event as ContentBlockStart).start;
    if (typeof part !== "object" || part === null) return;
    for (const kind in part) if (!read.has(kind)) this.#unknown(`${name}.${kind}`, event);
  }

  #content(): void {
    if (this.#anyContent) return;
    this.#anyContent = true;
    this.#init.onFirstContent();
  }

  #apply(name: string, event: unknown): void {
    const { builder, capabilities, toolNames } = this.#init;
    switch (name) {
      case "contentBlockDelta":
        this.#content();
        if (!applyBlockDelta(builder, event as ContentBlockDelta))
          this.#unknownPart(event as ContentBlockDelta, name, READ_DELTAS);
        this.#serverResult(event as ContentBlockDelta);
        break;
      case "contentBlockStart":
        this.#content();
        applyBlockStart(builder, event as ContentBlockStart, toolNames);
        this.#unknownPart(event as ContentBlockStart, name, READ_STARTS);
        this.#serverToolId = (event as ContentBlockStart).start?.toolResult?.toolUseId;
        break;
      case "contentBlockStop":
        builder.endBlock((event as { contentBlockIndex?: number }).contentBlockIndex ?? 0);
        break;
      case "messageStop":
        this.#stop(event as StopEvent);
        break;
      case "metadata": {
        const { usage, trace, metrics, serviceTier } = event as ConverseMetadata;
        builder.usage(usageOf(usage, capabilities, serviceTier?.type));
        if (typeof metrics?.latencyMs === "number") builder.timing({ serviceMs: metrics.latencyMs });
        this.#metadata = true;
        this.#trace = trace?.guardrail;
        break;
      }
      case "messageStart":
        break;
      case "$unknown":
        // How the SDK's decoder hands on what it does not know.
        for (const [unknown, payload] of unknownsOf(event)) this.#unknown(unknown, payload);
        break;
      default:
        this.#unknown(name, event);
    }
  }

  /** A second one is not the model's: what was said first counts. */
  #stop({ stopReason, additionalModelResponseFields: fields }: StopEvent): void {
    if (this.#stopReason !== undefined) return;
    this.#stopReason = String(stopReason ?? "");
    if (fields !== undefined && fields !== null) this.#init.builder.modelResponseFields(fields);
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

/** An unknown event's payload: JSON where it is, else its text. */
function readablePayload(frame: Frame): unknown {
  const text = frame.payload.toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function unknownsOf(event: unknown): [string, unknown][] {
  if (Array.isArray(event)) return [[String(event[0]), event[1]]];
  return Object.entries((event ?? {}) as Record<string, unknown>);
}
