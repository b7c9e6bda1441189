import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { Reply } from "./reply.ts";

/** Events between two turns of the event loop. */
const eventsPerTurn = 64;

/**
 * Sends the events of a stream. Those of one turn of the event loop leave in one write; a long answer gives way to the socket
 * between, so that the first words are out before the last are made.
 */
export class EventSink {
  /** Events sent. */
  count = 0;
  readonly #reply: Reply;
  readonly #delayMs: number;
  #waiting: Uint8Array[] = [];

  constructor(reply: Reply, delayMs: number) {
    this.#reply = reply;
    this.#delayMs = delayMs;
  }

  async send(event: Uint8Array | string): Promise<void> {
    if (this.#delayMs > 0 && this.count > 0) await delay(this.#delayMs);
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    this.#waiting.push(typeof event === "string" ? Buffer.from(event) : event);
    this.count++;
    if (this.count % eventsPerTurn === 2) await nextTurn();
  }

  flush(): void {
    const [first, ...more] = this.#waiting;
    if (first === undefined) return;
    this.#waiting = [];
    this.#reply.write(more.length === 0 ? first : Buffer.concat([first, ...more]));
  }

  end(last?: Uint8Array | string): void {
    this.flush();
    this.#reply.end(last);
  }
}
