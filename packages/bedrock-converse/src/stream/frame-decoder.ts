import { BedrockError } from "@clawrock/conversation";

/** One message of an `application/vnd.amazon.eventstream` body. */
export interface Frame {
  /** `event`, `exception` or `error`. */
  readonly messageType: string;
  /** `:event-type`, or the exception's or error's name; empty where the frame has no such header. */
  readonly name: string;
  /** `:error-message` of an `error` frame. */
  readonly errorMessage: string | undefined;
  readonly payload: Buffer;
}

interface FrameHeaders {
  readonly messageType: string;
  readonly name: string;
  readonly errorMessage: string | undefined;
}

const PRELUDE = 12;
const TRAILER = 4;
/** The longest frame the specification allows: 16 MiB of payload, 128 KiB of headers and the framing. */
const MAX_FRAME = 16 * 1024 * 1024 + 128 * 1024 + PRELUDE + TRAILER;
const REMEMBERED_HEADERS = 64;

/**
 * Cuts the bytes of an event stream into frames, whatever the chunks they arrive in, and checks both checksums of each.
 * Chunks of an unfinished frame are kept as they are and joined once, when the frame is whole.
 *
 * Format: https://smithy.io/2.0/aws/amazon-eventstream.html
 *
 * @throws BedrockError of kind `protocol` when the bytes are not a valid stream.
 */
export class FrameDecoder {
  #chunks: Buffer[] = [];
  #size = 0;
  #needed = PRELUDE;
  /** Loaded with the first decoder: zlib is a quarter of what importing this package would cost. */
  readonly #crc32 = process.getBuiltinModule("node:zlib").crc32;
  /** Streams repeat a handful of header blocks: each is parsed once and found by its bytes after that. */
  readonly #headers = new Map<string, FrameHeaders>();

  /**
   * Adds bytes and calls back once for each frame that became whole. Payloads are views of the bytes, and the rest of them
   * is kept: do not write into a chunk that was pushed.
   */
  push(chunk: Uint8Array, onFrame: (frame: Frame) => void): void {
    this.add(chunk);
    this.read(onFrame);
  }

  /** Adds bytes; `read` gives their frames. */
  add(chunk: Uint8Array): void {
    if (chunk.byteLength === 0) return;
    this.#chunks.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    this.#size += chunk.byteLength;
  }

  /** Calls back for the whole frames among the bytes, at most so many; gives their number. */
  read(onFrame: (frame: Frame) => void, limit: number = Number.POSITIVE_INFINITY): number {
    if (this.#size < this.#needed) return 0;
    const all = this.#joined();
    let offset = 0;
    let count = 0;
    this.#needed = PRELUDE;
    while (count < limit && all.length - offset >= PRELUDE) {
      const length = this.#frameLength(all, offset);
      if (all.length - offset < length) {
        this.#needed = length;
        break;
      }
      onFrame(this.#frame(all, offset, length));
      offset += length;
      count++;
    }
    this.#chunks = offset < all.length ? [offset === 0 ? all : all.subarray(offset)] : [];
    this.#size = all.length - offset;
    return count;
  }

  /** The body has ended. */
  end(): void {
    if (this.#size > 0) throw broken(`the body ended within a frame (${this.#size} of ${this.#needed} bytes)`);
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    return first && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#size);
  }

  #frameLength(bytes: Buffer, at: number): number {
    const length = bytes.readUInt32BE(at);
    if (this.#crc32(bytes.subarray(at, at + 8)) !== bytes.readUInt32BE(at + 8))
      throw broken("the checksum of a prelude is wrong");
    const headersLength = bytes.readUInt32BE(at + 4);
    if (length > MAX_FRAME || length < PRELUDE + TRAILER || headersLength > length - PRELUDE - TRAILER) {
      throw broken(`a frame claims ${length} bytes with ${headersLength} bytes of headers`);
    }
    return length;
  }

  #frame(bytes: Buffer, at: number, length: number): Frame {
    const end = at + length - TRAILER;
    if (this.#crc32(bytes.subarray(at, end)) !== bytes.readUInt32BE(end))
      throw broken("the checksum of a frame is wrong");
    const payloadAt = at + PRELUDE + bytes.readUInt32BE(at + 4);
    const { messageType, name, errorMessage } = this.#headersOf(bytes, at + PRELUDE, payloadAt);
    return { messageType, name, errorMessage, payload: bytes.subarray(payloadAt, end) };
  }

  #headersOf(bytes: Buffer, from: number, to: number): FrameHeaders {
    const key = bytes.toString("latin1", from, to);
    const known = this.#headers.get(key);
    if (known) return known;
    const headers = parseHeaders(bytes.subarray(from, to));
    if (this.#headers.size < REMEMBERED_HEADERS) this.#headers.set(key, headers);
    return headers;
  }
}

/** Bytes of a header value by its type, for the types of fixed size. */
const FIXED_SIZES: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };
const BYTE_ARRAY = 6;
const STRING = 7;

function parseHeaders(bytes: Buffer): FrameHeaders {
  const strings = new Map<string, string>();
  try {
    for (let at = 0; at < bytes.length; ) {
      const nameEnd = at + 1 + bytes.readUInt8(at);
      const name = bytes.toString("utf8", at + 1, nameEnd);
      const type = bytes.readUInt8(nameEnd);
      const variable = type === STRING || type === BYTE_ARRAY;
      const size = variable ? bytes.readUInt16BE(nameEnd + 1) : FIXED_SIZES[type];
      if (size === undefined) throw broken(`header ${name} has the unknown type ${type}`);
      const start = nameEnd + (variable ? 3 : 1);
      if (start + size > bytes.length) throw broken(`header ${name} is longer than its frame`);
      if (type === STRING) strings.set(name, bytes.toString("utf8", start, start + size));
      at = start + size;
    }
  } catch (error) {
    throw error instanceof BedrockError ? error : broken("the headers of a frame are cut");
  }
  const messageType = strings.get(":message-type") ?? "event";
  const name = strings.get(
    messageType === "event" ? ":event-type" : messageType === "exception" ? ":exception-type" : ":error-code",
  );
  return { messageType, name: name ?? "", errorMessage: strings.get(":error-message") };
}

function broken(what: string): BedrockError {
  return new BedrockError({
    kind: "protocol",
    problem: `The event stream is corrupt: ${what}`,
    fix: "Send the request again",
  });
}
