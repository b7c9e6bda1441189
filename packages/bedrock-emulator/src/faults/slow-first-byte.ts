import type { Reply } from "../http/reply.ts";

/** A reply whose headers leave at once and whose body follows so much later. */
export function slowFirstByte(reply: Reply, ms: number): Reply {
  let waiting: (() => void)[] | undefined;
  let open = false;
  const later = (action: () => void): void => {
    if (open) {
      action();
      return;
    }
    if (!waiting) {
      waiting = [];
      const timer = setTimeout(() => {
        open = true;
        for (const step of waiting ?? []) step();
      }, ms);
      reply.onClose(() => clearTimeout(timer));
    }
    waiting.push(action);
  };
  return {
    get status() {
      return reply.status;
    },
    get contentType() {
      return reply.contentType;
    },
    get over() {
      return reply.over;
    },
    preset: (name, value) => reply.preset(name, value),
    begin: (status, headers) => {
      reply.begin(status, headers);
      reply.flushHeaders();
    },
    flushHeaders: () => reply.flushHeaders(),
    write: (bytes) => later(() => reply.write(bytes)),
    end: (bytes) => later(() => reply.end(bytes)),
    breakOff: () => reply.breakOff(),
    onClose: (listener) => reply.onClose(listener),
  };
}
