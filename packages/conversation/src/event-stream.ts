import { BedrockError } from "./errors/bedrock-error.ts";
import { toBedrockError } from "./errors/from-service.ts";
import type { MessageBuilder } from "./message-builder.ts";
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

export interface EventStreamInit {
  readonly builder: MessageBuilder;
  readonly source: BlockSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The stream a caller iterates: events are pulled from the source as the caller asks for them, so a paused caller pauses
 * the socket. Leaving the loop (`break`, `return`, `throw`) or aborting the signal cancels the source at once.
 * `result()` settles with the final message, never rejects, and reads the stream itself if nobody iterates.
 */
export function createEventStream({ builder, source, signal }: EventStreamInit): AssistantMessageStream {
  return new PulledEventStream(builder, source, signal);
}

class PulledEventStream implements AssistantMessageStream, AsyncIterator<AssistantMessageEvent, undefined> {
  readonly #builder: MessageBuilder;
  readonly #source: BlockSource;
  readonly #signal: AbortSignal | undefined;
  readonly #settled = Promise.withResolvers<AssistantMessage>();
  #events: AssistantMessageEvent[] = [];
  #next = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #iterated = false;
  #closed = false;

  constructor(builder: MessageBuilder, source: BlockSource, signal: AbortSignal | undefined) {
    this.#builder = builder;
    this.#source = source;
    this.#signal = signal;
    if (signal?.aborted) this.#abort();
    else signal?.addEventListener("abort", this.#abort, { once: true });
  }

  [Symbol.asyncIterator](): AsyncIterator<AssistantMessageEvent, undefined> {
    this.#iterated = true;
    return this;
  }

  next(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    const event = this.#shift();
    if (event) return Promise.resolve({ value: event, done: false });
    // One pull at a time, also when a caller asks for several events at once.
    const answer = this.#turn.then(() => this.#advance());
    this.#turn = answer;
    return answer;
  }

  return(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    this.#cancel("The caller stopped reading the stream");
    this.#events = [];
    this.#next = 0;
    return Promise.resolve({ value: undefined, done: true });
  }

  result(): Promise<AssistantMessage> {
    if (!this.#iterated) {
      this.#iterated = true;
      void this.#drain();
    }
    return this.#settled.promise;
  }

  async #drain(): Promise<void> {
    while (!(await this.next()).done);
  }

  #shift(): AssistantMessageEvent | undefined {
    if (this.#next >= this.#events.length) {
      this.#events = this.#builder.take();
      this.#next = 0;
    }
    return this.#events[this.#next++];
  }

  async #advance(): Promise<IteratorResult<AssistantMessageEvent, undefined>> {
    for (;;) {
      const event = this.#shift();
      if (event) return { value: event, done: false };
      if (this.#builder.ended || this.#closed) {
        this.#close();
        return { value: undefined, done: true };
      }
      await this.#pull();
    }
  }

  async #pull(): Promise<void> {
    try {
      if (!(await this.#source.pull())) this.#builder.finish();
    } catch (error) {
      this.#builder.fail(toBedrockError(error));
    }
    if (this.#builder.ended) this.#close();
  }

  readonly #abort = (): void => {
    const reason: unknown = this.#signal?.reason;
    const timedOut = reason instanceof Error && reason.name === "TimeoutError";
    this.#cancel(timedOut ? "The caller's time limit passed" : "The caller aborted the request");
  };

  #cancel(problem: string): void {
    if (this.#closed) return;
    this.#builder.fail(new BedrockError({ kind: "aborted", problem }));
    this.#source.cancel();
    this.#close();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#signal?.removeEventListener("abort", this.#abort);
    this.#settled.resolve(this.#builder.message);
  }
}
