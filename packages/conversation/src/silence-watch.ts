/**
 * Calls back when an awaited answer stays silent too long. Only waiting counts: a caller that pauses between two reads is
 * not silence of the service. One timer is kept and set anew, because reads come by the thousand.
 */
export class SilenceWatch {
  readonly #onSilence: (limitMs: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #limitMs = 0;
  #waiting = false;

  constructor(onSilence: (limitMs: number) => void) {
    this.#onSilence = onSilence;
  }

  /** A wait begins. A limit of 0 is none. */
  begin(limitMs: number): void {
    this.#waiting = true;
    if (limitMs === this.#limitMs) {
      this.#timer?.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#limitMs = limitMs;
    this.#timer = limitMs > 0 ? setTimeout(this.#fire, limitMs) : undefined;
    this.#timer?.unref();
  }

  /** The wait is over. */
  end(): void {
    this.#waiting = false;
  }

  stop(): void {
    this.#waiting = false;
    clearTimeout(this.#timer);
  }

  readonly #fire = (): void => {
    if (this.#waiting) this.#onSilence(this.#limitMs);
  };
}
