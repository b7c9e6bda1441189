import type { Readable } from "node:stream";
import { type Frame, FrameDecoder } from "./frame-decoder.ts";

/** Frames that become events before the caller reads on: a chunk may hold hundreds, and their events would all be kept. */
const AT_ONCE = 8;

/** The frames of a response body, read as they are asked for: nothing is read ahead of the caller. */
export class RawEventStream {
  readonly #body: Readable;
  readonly #decoder = new FrameDecoder();

  constructor(body: Readable) {
    this.#body = body;
  }

  /**
   * Waits for the next whole frames and calls back for each, a handful at a time. False at the end of the body. Bytes that end
   * no frame are not an answer yet: a server that dribbles them is as silent as one that sends none.
   */
  async pull(onFrame: (frame: Frame) => void): Promise<boolean> {
    while (this.#decoder.read(onFrame, AT_ONCE) === 0) {
      const chunk = (this.#body.read() as Buffer | null) ?? (await nextChunk(this.#body));
      if (chunk === undefined) {
        this.#decoder.end();
        return false;
      }
      this.#decoder.add(chunk);
    }
    return true;
  }
}

/** The next chunk of a paused stream, undefined at its end. Rejects when the connection breaks. */
function nextChunk(body: Readable): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      const failure = body.errored;
      const chunk = failure ? null : (body.read() as Buffer | null);
      if (failure) finish(() => reject(failure));
      else if (chunk !== null) finish(() => resolve(chunk));
      else if (body.readableEnded) finish(() => resolve(undefined));
      else if (body.destroyed) finish(() => reject(new ConnectionCut()));
    };
    const finish = (act: () => void): void => {
      for (const event of EVENTS) body.off(event, settle);
      act();
    };
    for (const event of EVENTS) body.on(event, settle);
    settle();
  });
}

const EVENTS = ["readable", "end", "error", "close"] as const;

class ConnectionCut extends Error {
  readonly code = "ECONNRESET";
  constructor() {
    super("The connection was closed before the end of the answer");
  }
}
