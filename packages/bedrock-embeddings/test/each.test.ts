import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { type ReceivedInvoke, runtimeServer, send, vectorOf } from "./runtime-server.ts";

const COHERE = "cohere.embed-v4:0";
const purpose = "document";
const cohere = ({ body }: ReceivedInvoke) => ({
  embeddings: { float: (body["texts"] as unknown[]).map((text) => vectorOf(text, 256)) },
});

describe("embedEach", () => {
  it("gives vectors in order, of texts it asks for as they are taken", async () => {
    await using server = await runtimeServer(async (request, response) => {
      await wait(Math.random() * 10);
      send(response, 200, cohere(request));
    });
    let asked = 0;
    async function* texts() {
      for (; asked < 20_000; asked++) yield "x".repeat((asked % 50) + 1);
    }
    const embedder = createEmbedder({ aws: server.aws, model: COHERE, dimensions: 256, concurrency: 2 });
    let next = 0;
    let most = 0;
    for await (const { index, vector, cut } of embedder.embedEach(texts(), { purpose })) {
      expect(index).toBe(next);
      expect(cut).toBe(false);
      if (Math.abs((3 * (vector[0] ?? 0)) / (vector[1] ?? 1) - ((next % 50) + 1)) > 1e-3) throw new Error("mixed up");
      most = Math.max(most, asked - next);
      next += 1;
    }
    expect(next).toBe(20_000);
    expect(most).toBeLessThan(96 * 20);
  }, 60_000);

  it("takes a list, puts zeros for blanks, and gives nothing for nothing", async () => {
    await using server = await runtimeServer((request, response) => send(response, 200, cohere(request)));
    const embedder = createEmbedder({ aws: server.aws, model: COHERE, dimensions: 256 });
    const all = await collected(embedder.embedEach(["a", " ", "b"], { purpose, blank: "zero" }));
    expect(all.map(({ index, vector }) => [index, vector.some((value) => value !== 0)])).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ]);
    expect(server.requests[0]?.body["texts"]).toEqual(["a", "b"]);
    expect(await collected(embedder.embedEach([], { purpose }))).toEqual([]);
  });

  it("ends the calls when the loop is left, and closes the source", async () => {
    await using server = await runtimeServer((request, response) => {
      if (server.requests.length === 1) send(response, 200, cohere(request));
    });
    let closed = false;
    function* texts() {
      try {
        for (let n = 0; ; n++) yield `text ${n}`;
      } finally {
        closed = true;
      }
    }
    const embedder = createEmbedder({ aws: server.aws, model: COHERE, dimensions: 256 });
    for await (const { index } of embedder.embedEach(texts(), { purpose })) if (index === 3) break;
    expect(closed).toBe(true);
    await expect.poll(() => server.open()).toBe(0);
  });

  it("throws what the source throws, and what the service says", async () => {
    await using server = await runtimeServer((_, response) =>
      send(response, 400, { message: "Malformed input request" }, { "x-amzn-errortype": "ValidationException" }),
    );
    const embedder = createEmbedder({ aws: server.aws, model: COHERE, dimensions: 256 });
    async function* broken(): AsyncGenerator<string> {
      yield "a";
      throw new Error("the disk is gone");
    }
    await expect(collected(embedder.embedEach(broken(), { purpose }))).rejects.toThrow("the disk is gone");
    await expect(collected(embedder.embedEach(["a"], { purpose }))).rejects.toMatchObject({
      kind: "invalid-request",
    });
    await expect(collected(embedder.embedEach(["a", " "], { purpose }))).rejects.toThrow("texts[1] is blank");
  });

  it("ends at once when aborted while the source is silent", async () => {
    await using server = await runtimeServer((request, response) => send(response, 200, cohere(request)));
    const abort = new AbortController();
    async function* silent(): AsyncGenerator<string> {
      await new Promise(() => undefined);
      yield "never";
    }
    const work = collected(
      createEmbedder({ aws: server.aws, model: COHERE }).embedEach(silent(), { purpose, signal: abort.signal }),
    );
    const rejected = expect(work).rejects.toMatchObject({ kind: "aborted" });
    setTimeout(() => abort.abort(), 20);
    await rejected;
  });
});

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
