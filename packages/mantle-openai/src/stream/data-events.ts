import { BedrockError } from "@clawrock/conversation";
import { createParser, type EventSourceParser } from "eventsource-parser";

/** Characters of one event. Answers come in pieces of some hundred bytes; the largest hold a whole response again. */
const MAX_EVENT = 32 * 1024 * 1024;

/**
 * The `data` of server-sent events, as bytes arrive: with any line end, with a byte order mark, with letters cut in half
 * between two pieces. The names of events are not looked at: Mantle sends them after their data, and all say what they are
 * in the data too.
 */
export class DataEvents {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  readonly #parser: EventSourceParser;
  #ready: string[] = [];
  #tooLong = false;
  #done = false;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
    this.#parser = createParser({
      maxBufferSize: MAX_EVENT,
      onEvent: ({ data }) => this.#ready.push(data),
      onError: ({ type }) => {
        this.#tooLong ||= type === "max-buffer-size-exceeded";
      },
    });
  }

  /**
   * The events that have arrived, at least one; `undefined` at the end of the body.
   * @throws BedrockError of kind `protocol` for an event beyond 32 MiB; what the body throws where it is cut.
   */
  async next(): Promise<readonly string[] | undefined> {
    while (!this.#done) {
      const { done, value } = await this.#reader.read();
      this.#done = done;
      // The end ends the last event too, though a blank line is missing.
      this.#parser.feed(done ? `${this.#decoder.decode()}\n\n` : this.#decoder.decode(value, { stream: true }));
      if (this.#tooLong) throw tooLong();
      if (this.#ready.length > 0) {
        const events = this.#ready;
        this.#ready = [];
        return events;
      }
    }
    return undefined;
  }

  /** Reads on to the end of the body, so that its connection can serve again; a body that does not end soon is cancelled. */
  async drain(withinMs: number): Promise<void> {
    const timer = setTimeout(() => void this.cancel(), withinMs);
    try {
      while (!this.#done) this.#done = (await this.#reader.read()).done;
    } catch {
      // The answer is whole already.
    } finally {
      clearTimeout(timer);
    }
  }

  async cancel(): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}

function tooLong(): BedrockError {
  return new BedrockError({
    kind: "protocol",
    problem: `The stream holds an event of more than ${MAX_EVENT / 1024 / 1024} MiB`,
    fix: "Check the endpoint URL, and that no proxy changes its answers",
  });
}
