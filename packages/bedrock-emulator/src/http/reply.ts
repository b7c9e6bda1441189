import type { ServerResponse } from "node:http";
import { constants, type Http2ServerResponse } from "node:http2";

/** An answer on its way to the caller, the same over HTTP/1.1 and HTTP/2. */
export interface Reply {
  /** The status; 0 until the answer began. */
  readonly status: number;
  readonly contentType: string;
  /** Ended, or the caller is gone. */
  readonly over: boolean;
  /** Sets a header of the answer before it begins. */
  preset(name: string, value: string): void;
  begin(status: number, headers: Readonly<Record<string, string>>): void;
  /** Sends status and headers before there is a body. */
  flushHeaders(): void;
  write(bytes: Uint8Array | string): void;
  end(bytes?: Uint8Array | string): void;
  /** Breaks the answer off once what was written is out: the caller sees a lost connection. */
  breakOff(): void;
  onClose(listener: () => void): void;
}

class SocketReply implements Reply {
  status = 0;
  contentType = "";
  readonly #response: ServerResponse | Http2ServerResponse;
  readonly #reset: () => void;

  constructor(response: ServerResponse | Http2ServerResponse, reset: () => void) {
    this.#response = response;
    this.#reset = reset;
  }

  get over(): boolean {
    return this.#gone || this.#response.writableEnded;
  }

  preset(name: string, value: string): void {
    this.#response.setHeader(name, value);
  }

  begin(status: number, headers: Readonly<Record<string, string>>): void {
    this.status = status;
    this.contentType = headers["content-type"] ?? "";
    this.#response.statusCode = status;
    for (const [name, value] of Object.entries(headers)) this.#response.setHeader(name, value);
  }

  flushHeaders(): void {
    if ("stream" in this.#response) this.#response.writeHead(this.status);
    else this.#response.flushHeaders();
  }

  write(bytes: Uint8Array | string): void {
    if (!this.over) this.#send(bytes);
  }

  end(bytes?: Uint8Array | string): void {
    if (this.over) return;
    if (bytes !== undefined) this.#send(bytes);
    this.#response.end();
  }

  breakOff(): void {
    this.#reset();
  }

  onClose(listener: () => void): void {
    // A caller may be gone before anybody listens.
    if (this.#gone) listener();
    else this.#response.once("close", listener);
  }

  /** The stream of an HTTP/2 answer knows; the answer itself does not. */
  get #gone(): boolean {
    return "stream" in this.#response ? this.#response.stream.destroyed : this.#response.destroyed;
  }

  #send(bytes: Uint8Array | string): void {
    const chunk = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    if ("stream" in this.#response) this.#response.write(chunk);
    else this.#response.write(chunk);
  }
}

export function http1Reply(response: ServerResponse): Reply {
  // What was written in this turn of the loop reaches the socket at its end.
  return new SocketReply(response, () => void setImmediate(() => response.socket?.destroySoon()));
}

export function http2Reply(response: Http2ServerResponse): Reply {
  return new SocketReply(response, () => {
    // A reset would overtake what is still queued: an empty write is done when that is out.
    response.stream.write("", () => response.stream.close(constants.NGHTTP2_INTERNAL_ERROR));
  });
}
