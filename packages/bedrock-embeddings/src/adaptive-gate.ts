/**
 * Lets tasks run at a time, as many as the account's rate allows: a throttled answer halves their number, each task done adds a part
 * of one until the limit is reached again. (Additive increase, multiplicative decrease, as TCP shares a line.)
 */
export class AdaptiveGate {
  readonly #limit: number;
  #window: number;
  #running = 0;
  #lastCut = Number.NEGATIVE_INFINITY;
  readonly #waiting: (() => void)[] = [];

  constructor(limit: number) {
    this.#limit = limit;
    this.#window = limit;
  }

  /** Tasks that may run now. */
  get width(): number {
    return Math.max(1, Math.floor(this.#window));
  }

  /** Runs a task when there is room. It is begun in any case: whoever waits must look at its signal then. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.width) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      const result = await task();
      this.#window = Math.min(this.#limit, this.#window + 1 / this.#window);
      return result;
    } finally {
      this.#running -= 1;
      this.#admit();
    }
  }

  /** Tells that a request was throttled. Those that were under way when the number was halved do not halve it again. */
  throttled(sentAt: number, now: number = performance.now()): void {
    if (sentAt <= this.#lastCut) return;
    this.#lastCut = now;
    this.#window = Math.max(1, this.#window / 2);
  }

  #admit(): void {
    while (this.#running < this.width) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running += 1;
      next();
    }
  }
}
