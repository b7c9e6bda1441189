import type { BlockSource, MessageBuilder, RequestAdjustment } from "@clawrock/conversation";
import { BedrockError } from "@clawrock/conversation";

export interface HealingSourceInit<Request> {
  readonly builder: MessageBuilder;
  /** Makes the first request; called at once. */
  prepare(signal: AbortSignal): Promise<Request>;
  /** Sends a request. */
  send(request: Request): BlockSource;
  /** The request without what the service refused; undefined where nothing is known to help. */
  heal(request: Request, error: BedrockError): { request: Request; adjustment: RequestAdjustment } | undefined;
  onAdjusted(adjustment: RequestAdjustment): void;
}

/**
 * Sends a request and, where the service refuses it for a reason that is known to mend, sends it once more without what it
 * refused: once per call, and only while nothing of an answer was handed out.
 */
export class HealingSource<Request> implements BlockSource {
  readonly #init: HealingSourceInit<Request>;
  readonly #cancelled = new AbortController();
  readonly #first: Promise<void>;
  #request: Request | undefined;
  #source: BlockSource | undefined;
  #healed = false;

  constructor(init: HealingSourceInit<Request>) {
    this.#init = init;
    this.#first = init.prepare(this.#cancelled.signal).then((request) => this.#open(request));
    // The rejection is reported by the first pull; until somebody pulls it must not count as unhandled.
    this.#first.catch(() => undefined);
  }

  pull(): Promise<boolean> {
    return this.#source && this.#healed ? this.#source.pull() : this.#pullOrHeal();
  }

  cancel(): void {
    this.#cancelled.abort();
    this.#source?.cancel();
  }

  async #pullOrHeal(): Promise<boolean> {
    if (!this.#source) await this.#first;
    const source = this.#source;
    if (!source) return false;
    try {
      return await source.pull();
    } catch (error) {
      if (!this.#heal(error)) throw error;
      source.cancel();
      return this.#source?.pull() ?? false;
    }
  }

  #open(request: Request): void {
    // Whoever cancelled while the request was being made wants nothing sent.
    if (this.#cancelled.signal.aborted) return;
    this.#request = request;
    this.#source = this.#init.send(request);
  }

  #heal(error: unknown): boolean {
    const { builder, heal, onAdjusted } = this.#init;
    const tooLate = this.#healed || !builder.empty || this.#cancelled.signal.aborted || this.#request === undefined;
    if (tooLate || !(error instanceof BedrockError)) return false;
    const healed = heal(this.#request as Request, error);
    if (!healed) return false;
    this.#healed = true;
    builder.adjusted(healed.adjustment);
    onAdjusted(healed.adjustment);
    this.#open(healed.request);
    return true;
  }
}
