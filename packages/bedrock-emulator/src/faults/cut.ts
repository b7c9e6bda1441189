import type { Reply } from "../http/reply.ts";

/** A reply whose connection is lost once so many bytes of its body were sent. */
export function cutAfter(reply: Reply, afterBytes: number): Reply {
  let left = afterBytes;
  let cut = false;
  const write = (bytes: Uint8Array | string): void => {
    if (cut) return;
    const chunk = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
    if (chunk.length < left) {
      left -= chunk.length;
      reply.write(chunk);
      return;
    }
    cut = true;
    reply.write(chunk.subarray(0, left));
    reply.breakOff();
  };
  return {
    get status() {
      return reply.status;
    },
    get contentType() {
      return reply.contentType;
    },
    get over() {
      return cut || reply.over;
    },
    preset: (name, value) => reply.preset(name, value),
    begin: (status, headers) => reply.begin(status, headers),
    flushHeaders: () => reply.flushHeaders(),
    write,
    end: (bytes) => {
      if (bytes !== undefined) write(bytes);
      if (!cut) reply.end();
    },
    breakOff: () => reply.breakOff(),
    onClose: (listener) => reply.onClose(listener),
  };
}
