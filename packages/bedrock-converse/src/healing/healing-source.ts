import type { BlockSource, MessageBuilder, RequestAdjustment } from "@clawrock/conversation";
import { BedrockError } from "@clawrock/conversation";

export interface HealingSourceInit<Request> {
  readonly builder: MessageBuilder;
  /** Makes the first request; called at once. */
  prepare(signal: AbortSignal): Promise<Request>;
  /** Sends a request. */
  send(request: Request): BlockSource;
  /** The request without what the service refused; undefined where nothing is known to help. */
  heal(request: Request, error: BedrockError, signal: AbortSignal): MaybePromise<Mended<Request> | undefined>;
  onAdjusted(adjustment: RequestAdjustment): void;
}

interface Mended<Request> {
  readonly request: Request;
  readonly adjustment: RequestAdjustment;
}

type MaybePromise<T> = T | Promise<T>;

/**
 * Sends a request and, where the service refuses it for a reason that is known to mend, sends it again without what it
 * refused: for each kind of mending once per call, because the service names one mistake at a time, and only while nothing of
 * an answer was handed out.
 */
export class HealingSource<Request> implements BlockSource {
  readonly #init: HealingSourceInit<Request>;
  readonly #cancelled = new AbortController();
  readonly #first: Promise<void>;
  #request: Request | undefined;
  #source: BlockSource | undefined;
  readonly #mended = new Set<RequestAdjustment["kind"]>();

  constructor(init: HealingSourceInit<Request>) {
    this.#init = init;
    this.#first = init.prepare(this.#cancelled.signal).then((request) => this.#open(request));
    // The rejection is reported by the first pull; until somebody pulls it must not count as unhandled.
    this.#first.catch(() => undefined);
  }

  async pull(): Promise<boolean> {
    if (!this.#source) await this.#first;
    for (;;) {
      const source = this.#source;
      if (!source) return false;
      try {
        return await source.pull();
      } catch (error) {
        if (!(await this.#heal(error))) throw error;
        source.cancel();
      }
    }
  }

  cancel(): void {
    this.#cancelled.abort();
    this.#source?.cancel();
  }

  #open(request: Request): void {
    // Whoever cancelled while the request was being made wants nothing sent.
    if (this.#cancelled.signal.aborted) return;
    this.#request = request;
    this.#source = this.#init.send(request);
  }

  async #heal(error: unknown): Promise<boolean> {
    const { builder, heal, onAdjusted } = this.#init;
    const request = this.#request;
    if (!builder.empty || this.#cancelled.signal.aborted || !(error instanceof BedrockError)) return false;
    const healed = request && (await heal(request, error, this.#cancelled.signal));
    if (!healed || this.#cancelled.signal.aborted || this.#mended.has(healed.adjustment.kind)) return false;
    this.#mended.add(healed.adjustment.kind);
    builder.adjusted(healed.adjustment);
    onAdjusted(healed.adjustment);
    this.#open(healed.request);
    return true;
  }
}
