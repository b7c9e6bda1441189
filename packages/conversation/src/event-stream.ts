import { BedrockError } from "./errors/bedrock-error.ts";
import { toBedrockError } from "./errors/from-service.ts";
import type { MessageBuilder } from "./message-builder.ts";
import { SilenceWatch } from "./silence-watch.ts";
import type { AssistantMessage, AssistantMessageEvent, AssistantMessageStream } from "./types.ts";

/** Where a stream's blocks come from. */
export interface BlockSource {
  /**
   * Waits for the next piece of the answer and puts it into the builder. False when nothing more will come. A rejection
   * becomes the stream's `error` event.
   */
  pull(): Promise<boolean>;
  /** Releases the connection at once; a pending `pull` must settle. Called at most once. */
  cancel(): void;
}

/** How long the service may be silent while it is waited for, in milliseconds; 0 is for ever. */
export interface Timeouts {
  /** From the call to the first piece of the answer. */
  readonly firstByteMs: number;
  /** Between two pieces. */
  readonly idleMs: number;
}

export interface EventStreamInit {
  readonly builder: MessageBuilder;
  readonly source: BlockSource;
  readonly signal?: AbortSignal | undefined;
  /** Default: two minutes each. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** What is being done, for the message of a timeout, e.g. `Converse with amazon.nova-lite-v1:0`. */
  readonly action?: string | undefined;
  /** Called once, before the final message is given to anybody. */
  readonly onEnd?: ((message: AssistantMessage) => void) | undefined;
}

const TWO_MINUTES = 120_000;

/**
 * The stream a caller iterates: events are pulled from the source as the caller asks for them, so a paused caller pauses
 * the socket. Leaving the loop (`break`, `return`, `throw`) or aborting the signal cancels the source at once, and so does a
 * service that stays silent while it is waited for.
 * `result()` settles with the final message, never rejects, and reads to the end by itself; the events stay for the loop.
 */
export function createEventStream(init: EventStreamInit): AssistantMessageStream {
  return new PulledEventStream(init);
}

class PulledEventStream implements AssistantMessageStream, AsyncIterator<AssistantMessageEvent, undefined> {
  readonly #builder: MessageBuilder;
  readonly #source: BlockSource;
  readonly #signal: AbortSignal | undefined;
  readonly #settled = Promise.withResolvers<AssistantMessage>();
  #events: AssistantMessageEvent[] = [];
  #next = 0;
  readonly #timeouts: Timeouts;
  readonly #action: string;
  readonly #onEnd: EventStreamInit["onEnd"];
  readonly #watch = new SilenceWatch((limitMs) => this.#giveUp(limitMs));
  #anyPiece = false;
  #turn: Promise<unknown> = Promise.resolve();
  /** Calls of `next` that are not answered yet. */
  #waiting = 0;
  #readingAhead = false;
  #abandoned = false;
  #closed = false;
  /** Ends the wait for a source that does not settle. */
  #wake: (() => void) | undefined;

  constructor({ builder, source, signal, timeouts, action, onEnd }: EventStreamInit) {
    this.#builder = builder;
    this.#source = source;
    this.#signal = signal;
    this.#timeouts = { firstByteMs: timeouts?.firstByteMs ?? TWO_MINUTES, idleMs: timeouts?.idleMs ?? TWO_MINUTES };
    this.#action = action ?? "The request";
    this.#onEnd = onEnd;
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener("abort", this.#abort, { once: true });
  }

  [Symbol.asyncIterator](): AsyncIterator<AssistantMessageEvent, undefined> {
    return this;
  }

  next(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    const event = this.#waiting === 0 ? this.#shift() : undefined;
    if (event) return Promise.resolve({ value: event, done: false });
    // One pull at a time, and the events in the order of the calls, also when a caller asks for several at once.
    this.#waiting++;
    return this.#inTurn(() => this.#advance());
  }

  return(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    this.#abandoned = true;
    this.#events = [];
    this.#next = 0;
    this.#cancel("The caller stopped reading the stream");
    return Promise.resolve({ value: undefined, done: true });
  }

  result(): Promise<AssistantMessage> {
    if (!this.#readingAhead) {
      this.#readingAhead = true;
      void this.#readAhead();
    }
    return this.#settled.promise;
  }

  /** Reads to the end; the events stay for whoever iterates. */
  async #readAhead(): Promise<void> {
    while (!this.#closed) await this.#inTurn(() => this.#pull());
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const answer = this.#turn.then(work);
    this.#turn = answer;
    return answer;
  }

  #shift(): AssistantMessageEvent | undefined {
    if (this.#abandoned) return undefined;
    if (this.#next >= this.#events.length) {
      this.#events = this.#builder.take();
      this.#next = 0;
    }
    return this.#events[this.#next++];
  }

  async #advance(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    for (;;) {
      const event = this.#shift();
      if (event || this.#closed) {
        this.#waiting--;
        return event ? { value: event, done: false } : { value: undefined, done: true };
      }
      await this.#pull();
    }
  }

  /** Waits for the next piece, or for the stream to be closed meanwhile. Never rejects. */
  #pull(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (this.#builder.ended) {
      this.#close();
      return Promise.resolve();
    }
    this.#watch.begin(this.#anyPiece ? this.#timeouts.idleMs : this.#timeouts.firstByteMs);
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#source.pull().then(
        (more) => this.#pulled(more, resolve),
        (error: unknown) => {
          this.#end(toBedrockError(error));
          resolve();
        },
      );
    });
  }

  #pulled(more: boolean, resolve: () => void): void {
    this.#anyPiece = true;
    this.#watch.end();
    if (!more && !this.#closed) this.#builder.finish();
    // A message that ended before its source did leaves a connection behind that nobody would read.
    if (this.#builder.ended && more && !this.#closed) this.#source.cancel();
    if (this.#builder.ended) this.#close();
    resolve();
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal?.reason;
    const timedOut = reason instanceof Error && reason.name === "TimeoutError";
    this.#cancel(timedOut ? "The caller's time limit passed" : "The caller aborted the request");
  };

  #giveUp(limitMs: number): void {
    const what = this.#anyPiece ? "The answer stopped arriving: nothing came" : "No answer came";
    const service = { requestId: this.#builder.message.responseId };
    const problem = `${this.#action}: ${what} for ${limitMs / 1000} seconds`;
    this.#end(new BedrockError({ kind: "timeout", problem, fix: "Try again, or raise the timeouts", service }));
  }

  #cancel(problem: string): void {
    this.#end(new BedrockError({ kind: "aborted", problem }));
  }

  #end(error: BedrockError): void {
    if (this.#closed) return;
    this.#builder.fail(error);
    this.#source.cancel();
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.stop();
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#onEnd?.(this.#builder.message);
    this.#settled.resolve(this.#builder.message);
    this.#wake?.();
  }
}
