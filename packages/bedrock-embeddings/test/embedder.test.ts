import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { type ReceivedInvoke, runtimeServer, send, vectorOf } from "./runtime-server.ts";

const TITAN = "amazon.titan-embed-text-v2:0";
const document = { purpose: "document" } as const;

const titan = ({ body }: ReceivedInvoke, response: Parameters<typeof send>[0]): void => {
  const { inputText, dimensions = 1024 } = body;
  send(response, 200, { embedding: vectorOf(inputText, Number(dimensions)), inputTextTokenCount: 5 });
};

describe("embed", () => {
  it("gives vectors of unit length in the order of the texts, eight calls at a time", async () => {
    // Nobody is answered before eight are waiting: fewer at a time would wait for ever.
    let waiting: (() => void)[] = [];
    await using server = await runtimeServer((request, response) => {
      waiting.push(() => setTimeout(() => titan(request, response), Math.random() * 20));
      if (waiting.length < 8) return;
      const all = waiting;
      waiting = [];
      for (const answer of all) answer();
    });
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    expect(embedder).toMatchObject({ model: TITAN, dimensions: 256, maxInputTokens: 8192 });
    const texts = Array.from({ length: 40 }, (_, index) => "x".repeat(index + 1));
    const { vectors, usage } = await embedder.embedWithUsage(texts, document);
    expect(vectors).toHaveLength(40);
    for (const [index, vector] of vectors.entries()) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
      expect((vector[0] ?? 0) / (vector[1] ?? 0)).toBeCloseTo((index + 1) / 3, 4);
    }
    expect(usage).toMatchObject({ inputTokens: 200, calls: 40 });
    expect(usage.cost?.total).toBeGreaterThan(0);
    expect(server.mostAtOnce()).toBe(8);
    expect(server.requests[0]).toMatchObject({ modelId: TITAN, body: { dimensions: 256, normalize: true } });
    expect(server.requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/u);
  });

  it("sends nothing for no texts", async () => {
    await using server = await runtimeServer(titan);
    expect(await createEmbedder({ aws: server.aws, model: TITAN }).embed([], document)).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it("names the blank text and sends nothing", async () => {
    await using server = await runtimeServer(titan);
    const failure = createEmbedder({ aws: server.aws, model: TITAN }).embed(["a", " \n"], document);
    await expect(failure).rejects.toMatchObject({
      kind: "invalid-config",
      message: expect.stringContaining("texts[1] is blank and cannot be embedded. Leave blank texts out"),
    });
    expect(server.requests).toHaveLength(0);
  });

  it("names the text that the service refused, and begins no more", async () => {
    await using server = await runtimeServer((request, response) => {
      if (request.body["inputText"] !== "long") return titan(request, response);
      const message = "400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9875";
      send(
        response,
        400,
        { message },
        { "x-amzn-errortype": "ValidationException:http://x/", "x-amzn-requestid": "id-9" },
      );
    });
    const texts = ["a", "b", "long", ...Array.from({ length: 30 }, (_, index) => `c${index}`)];
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, concurrency: 1 });
    const failure = embedder.embed(texts, { ...document, oversized: "refuse" });
    await expect(failure).rejects.toMatchObject({
      kind: "context-overflow",
      message: expect.stringMatching(
        /Embedding texts\[2\] with amazon\.titan-embed-text-v2:0 .*Too many input tokens.*id-9/u,
      ),
    });
    expect(server.requests).toHaveLength(3);
  });

  it("closes its sockets at once when aborted", async () => {
    await using server = await runtimeServer(() => undefined);
    const abort = new AbortController();
    const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
    const work = createEmbedder({ aws: server.aws, model: TITAN }).embed(texts, { ...document, signal: abort.signal });
    const rejected = expect(work).rejects.toMatchObject({ kind: "aborted" });
    await expect.poll(() => server.requests.length).toBe(8);
    abort.abort();
    await rejected;
    await expect.poll(() => server.open()).toBe(0);
    expect(server.requests).toHaveLength(8);
  });

  it("sends nothing when it was aborted before", async () => {
    await using server = await runtimeServer(titan);
    const signal = AbortSignal.abort();
    const failure = createEmbedder({ aws: server.aws, model: TITAN }).embed(["a"], { ...document, signal });
    await expect(failure).rejects.toMatchObject({ kind: "aborted" });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [{ embedding: [1, 2, 3] }, "an embedding of 3 dimensions instead of 1024"],
    [{ message: "what?" }, "holds no embeddings"],
    [{ embedding: ["a"] }, "holds no embeddings"],
    ["<html>", "is not JSON"],
  ])("refuses the answer %j", async (body, said) => {
    await using server = await runtimeServer((_, response) => send(response, 200, body));
    const failure = createEmbedder({ aws: server.aws, model: TITAN }).embed(["a"], document);
    await expect(failure).rejects.toMatchObject({ kind: "protocol", message: expect.stringContaining(said) });
  });

  it("says that nothing listens at the endpoint", async () => {
    const server = await runtimeServer(titan);
    await server[Symbol.asyncDispose]();
    const failure = createEmbedder({ aws: server.aws, model: TITAN }).embed(["a"], document);
    await expect(failure).rejects.toMatchObject({ kind: "unreachable" });
  });
});

describe("createEmbedder", () => {
  it("names the sizes of the model when it is asked for another", async () => {
    await using server = await runtimeServer(titan);
    expect(() => createEmbedder({ aws: server.aws, model: TITAN, dimensions: 768 })).toThrow(
      "dimensions is 768, which amazon.titan-embed-text-v2:0 does not offer. Use 256, 512 or 1024, or leave it out for 1024.",
    );
  });

  it("refuses a model that does not embed", async () => {
    await using server = await runtimeServer(titan);
    expect(() => createEmbedder({ aws: server.aws, model: "anthropic.claude-opus-4-8" })).toThrow(
      "anthropic.claude-opus-4-8 is not a known embedding model",
    );
  });

  it("takes an opaque ARN with the capabilities of its model, in the ARN's region", async () => {
    await using server = await runtimeServer(titan);
    const model = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/otnfa2ysixqd";
    expect(() => createEmbedder({ aws: server.aws, model })).toThrow("does not tell which model stands behind it");
    const capabilities = capabilitiesOf(parseModelRef(TITAN));
    await createEmbedder({ aws: server.aws, model, capabilities }).embed(["a"], document);
    expect(server.requests[0]?.modelId).toBe(model);
    expect(server.requests[0]?.headers.authorization).toContain("/eu-west-1/bedrock/");
  });
});
