import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { runtimeServer, send, vectorOf } from "./runtime-server.ts";

const TITAN = "amazon.titan-embed-text-v2:0";
const purpose = "document";

describe("an account's rate", () => {
  it("is found: all texts are embedded, few calls are throttled twice", async () => {
    // Three calls at a time pass, more are throttled.
    let running = 0;
    let throttled = 0;
    await using server = await runtimeServer(({ body }, response) => {
      if (running >= 3) {
        throttled += 1;
        send(response, 429, { message: "Too many requests" }, { "x-amzn-errortype": "ThrottlingException" });
        return;
      }
      running += 1;
      setTimeout(() => {
        running -= 1;
        send(response, 200, { embedding: vectorOf(body["inputText"], 256), inputTextTokenCount: 1 });
      }, 10);
    });
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256, concurrency: 16 });
    const vectors = await embedder.embed(texts, { purpose });
    expect(vectors).toHaveLength(300);
    expect(throttled).toBeGreaterThan(0);
    expect(throttled).toBeLessThan(150);
  }, 60_000);

  it("is left at once when aborted between two attempts", async () => {
    await using server = await runtimeServer((_, response) =>
      send(response, 429, { message: "Too many requests" }, { "x-amzn-errortype": "ThrottlingException" }),
    );
    const abort = new AbortController();
    const embedder = createEmbedder({ aws: server.aws, model: TITAN });
    const work = embedder.embed(["a"], { purpose, signal: abort.signal });
    const rejected = expect(work).rejects.toMatchObject({ kind: "aborted" });
    await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(3);
    const before = server.requests.length;
    abort.abort();
    await rejected;
    expect(server.requests).toHaveLength(before);
  }, 30_000);
});
