import type { AssistantMessageEvent } from "./types.ts";

/** The events that nobody has taken yet, and those that are held back until the end of an answer is known. */
export class EventQueue {
  #events: AssistantMessageEvent[] = [];
  #heldBack: AssistantMessageEvent[] = [];
  #holds = false;

  /** Whether events after `start` are held back. */
  get holds(): boolean {
    return this.#holds;
  }

  push(event: AssistantMessageEvent): void {
    this.#events.push(event);
  }

  /** Takes the events pushed since the last call; while they are held back, only `start`. */
  take(): AssistantMessageEvent[] {
    const events = this.#events;
    this.#events = [];
    if (!this.#holds) return events;
    const start = events[0]?.type === "start" ? events.slice(0, 1) : [];
    this.#heldBack = this.#heldBack.concat(events.slice(start.length));
    return start;
  }

  hold(): void {
    this.#holds = true;
  }

  /** Hands out what was held back. */
  release(): void {
    this.#holds = false;
    // Only one of the two holds a `start`: the second, if nobody has taken it, and then the first is empty.
    if (this.#heldBack.length > 0) this.#events = this.#heldBack.concat(this.#events);
    this.#heldBack = [];
  }

  /** Forgets what was held back. */
  withdraw(): void {
    this.#holds = false;
    this.#heldBack = [];
    this.#events = this.#events.filter(({ type }) => type === "start");
  }
}
