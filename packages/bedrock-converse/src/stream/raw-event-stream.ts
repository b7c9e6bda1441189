import type { Readable } from "node:stream";
import { type Frame, FrameDecoder } from "./frame-decoder.ts";

/** The frames of a response body, read as they are asked for: nothing is read ahead of the caller. */
export class RawEventStream {
  readonly #body: Readable;
  readonly #decoder = new FrameDecoder();

  constructor(body: Readable) {
    this.#body = body;
  }

  /**
   * Waits for the next whole frames and calls back for each. False at the end of the body. Bytes that end no frame are not an
   * answer yet: a server that dribbles them is as silent as one that sends none.
   */
  async pull(onFrame: (frame: Frame) => void): Promise<boolean> {
    let any = false;
    const counted = (frame: Frame): void => {
      any = true;
      onFrame(frame);
    };
    while (!any) {
      const chunk = (this.#body.read() as Buffer | null) ?? (await nextChunk(this.#body));
      if (chunk === undefined) {
        this.#decoder.end();
        return false;
      }
      this.#decoder.push(chunk, counted);
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
