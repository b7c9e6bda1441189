import type { Reply } from "./http/reply.ts";

/** Recorded bodies of `application/vnd.amazon.eventstream`, sent byte for byte. */
export interface ReplayOptions {
  /** By the id that the caller uses; a list is served in order, its last body again and again. */
  readonly byModel?: Readonly<Record<string, Uint8Array | readonly Uint8Array[]>>;
  /** For any model, one each, in order, before `byModel` is looked at. */
  readonly queue?: readonly Uint8Array[];
  /** Bytes of one write. Default: the whole body. */
  readonly chunkSize?: number;
  /** Offsets at which the body is cut, instead of `chunkSize`. */
  readonly cuts?: readonly number[];
}

/** Hands out recorded bodies. */
export interface Replay {
  next(modelId: string): Uint8Array | undefined;
  send(reply: Reply, body: Uint8Array): Promise<void>;
}

export function createReplay(options: ReplayOptions): Replay {
  const queue = [...(options.queue ?? [])];
  const served = new Map<string, number>();
  return {
    next(modelId) {
      const first = queue.shift();
      if (first) return first;
      const bodies = options.byModel?.[modelId];
      if (bodies === undefined || bodies instanceof Uint8Array) return bodies;
      const turn = served.get(modelId) ?? 0;
      served.set(modelId, turn + 1);
      return bodies[Math.min(turn, bodies.length - 1)];
    },
    async send(reply, body) {
      for (const chunk of cut(body, options)) {
        if (reply.over) return;
        reply.write(chunk);
        // A turn of the loop between two writes, so that they leave as separate chunks.
        await new Promise((resolve) => setImmediate(resolve));
      }
      reply.end();
    },
  };
}

function cut(body: Uint8Array, { cuts, chunkSize = body.length || 1 }: ReplayOptions): Uint8Array[] {
  const offsets = cuts
    ? [...cuts].filter((at) => at > 0 && at < body.length).sort((left, right) => left - right)
    : Array.from({ length: Math.ceil(body.length / chunkSize) - 1 }, (_, index) => (index + 1) * chunkSize);
  return [0, ...offsets].map((from, index) => body.subarray(from, offsets[index] ?? body.length));
}
