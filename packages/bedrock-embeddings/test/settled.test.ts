import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { type ReceivedInvoke, runtimeServer, send, vectorOf } from "./runtime-server.ts";

const TITAN = "amazon.titan-embed-text-v2:0";
const COHERE = "cohere.embed-english-v3";
const purpose = "document";
type Response = Parameters<typeof send>[0];

const refuse = (response: Response, message: string, status = 400, type = "ValidationException"): void =>
  send(response, status, { message }, { "x-amzn-errortype": type });
const titan = ({ body }: ReceivedInvoke, response: Response): void =>
  send(response, 200, { embedding: vectorOf(body["inputText"], 256), inputTextTokenCount: 2 });

describe("embedSettled", () => {
  it("names each text that failed and keeps the others", async () => {
    await using server = await runtimeServer((request, response) =>
      String(request.body["inputText"]).startsWith("bad")
        ? refuse(response, "Malformed input request")
        : titan(request, response),
    );
    const texts = ["a", "bad 1", "b", " ", "bad 2", "bad 1"];
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    const { vectors, failures, stopped, usage } = await embedder.embedSettled(texts, { purpose });
    expect(failures.map(({ index, error }) => [index, error.kind])).toEqual([
      [1, "invalid-request"],
      [3, "invalid-config"],
      [4, "invalid-request"],
      [5, "invalid-request"],
    ]);
    expect(failures[2]?.error.message).toContain("texts[4]");
    expect(vectors.map((vector) => vector?.length)).toEqual([256, undefined, 256, undefined, undefined, undefined]);
    expect(stopped).toBeUndefined();
    expect(usage).toMatchObject({ inputTokens: 4, calls: 4 });
  });

  it("finds the texts to blame within refused batches", async () => {
    await using server = await runtimeServer(({ body }, response) => {
      const texts = body["texts"] as string[];
      if (texts.some((text) => /bad/u.test(text))) refuse(response, "Malformed input request: #/texts");
      else send(response, 200, { embeddings: texts.map((text) => vectorOf(text, 1024)) });
    });
    const texts = Array.from({ length: 200 }, (_, index) =>
      [13, 95, 96].includes(index) ? `bad ${index}` : `t${index}`,
    );
    const embedder = createEmbedder({ aws: server.aws, model: COHERE });
    const { vectors, failures } = await embedder.embedSettled(texts, { purpose });
    expect(failures.map(({ index }) => index)).toEqual([13, 95, 96]);
    expect(vectors.filter(Boolean)).toHaveLength(197);
    expect(vectors[199]?.[0]).toBeCloseTo(4 / Math.hypot(4, 3));
    expect(server.requests.length).toBeLessThan(50);
  });

  it("stops at what is no text's fault, and says so of all that were left", async () => {
    await using server = await runtimeServer((request, response) =>
      server.requests.length <= 5
        ? titan(request, response)
        : refuse(
            response,
            "You don't have access to the model with the specified model ID.",
            403,
            "AccessDeniedException",
          ),
    );
    const texts = Array.from({ length: 500 }, (_, index) => `text ${index}`);
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256, concurrency: 2 });
    const { vectors, failures, stopped } = await embedder.embedSettled(texts, { purpose });
    expect(stopped?.kind).toBe("model-access");
    expect(vectors.filter(Boolean)).toHaveLength(5);
    expect(failures).toHaveLength(495);
    expect(failures.every(({ error }) => error === stopped)).toBe(true);
    expect(server.requests.length).toBeLessThan(12);
  });

  it("rejects when it is aborted", async () => {
    await using server = await runtimeServer(() => undefined);
    const abort = new AbortController();
    const work = createEmbedder({ aws: server.aws, model: TITAN }).embedSettled(["a", "b"], {
      purpose,
      signal: abort.signal,
    });
    const rejected = expect(work).rejects.toMatchObject({ kind: "aborted" });
    await expect.poll(() => server.requests.length).toBe(2);
    abort.abort();
    await rejected;
    await expect.poll(() => server.open()).toBe(0);
  });
});

describe("texts by rule", () => {
  it("get vectors of zeros when they are blank and that is asked for", async () => {
    await using server = await runtimeServer(titan);
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    const { vectors, blank } = await embedder.embedWithUsage(["", "a", " \n"], { purpose, blank: "zero" });
    expect(blank).toEqual([0, 2]);
    expect(vectors.map((vector) => vector.some((value) => value !== 0))).toEqual([false, true, false]);
    expect(server.requests).toHaveLength(1);
    const none = await embedder.embedWithUsage(["", ""], { purpose, blank: "zero" });
    expect(none).toMatchObject({ blank: [0, 1], usage: { calls: 0, inputTokens: 0 } });
  });

  it.each([[null], [undefined], [7], [{ text: "a" }]])("are refused when they are %j", async (odd) => {
    await using server = await runtimeServer(titan);
    const work = createEmbedder({ aws: server.aws, model: TITAN }).embed(["a", odd as unknown as string], { purpose });
    await expect(work).rejects.toMatchObject({
      kind: "invalid-config",
      message: expect.stringContaining("texts[1] is no text"),
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ["a string", { purpose }, "texts is a string"],
    [null, { purpose }, "texts is null"],
    [["a"], {}, "purpose is missing"],
    [["a"], undefined, "purpose is missing"],
    [["a"], { purpose: "documents" }, "purpose is documents"],
  ])("are no %j with %j", async (texts, options, said) => {
    await using server = await runtimeServer(titan);
    const embedder = createEmbedder({ aws: server.aws, model: TITAN });
    const expected = { kind: "invalid-config", message: expect.stringContaining(said) };
    await expect(embedder.embed(texts as never, options as never)).rejects.toMatchObject(expected);
    await expect(embedder.embedSettled(texts as never, options as never)).rejects.toMatchObject(expected);
    await expect(embedder.embedEach(texts as never, options as never).next()).rejects.toMatchObject(expected);
    expect(server.requests).toHaveLength(0);
  });

  it("are cut as the refusal says, and again, until they are taken", async () => {
    const limit = 100;
    await using server = await runtimeServer((request, response) => {
      const { length } = String(request.body["inputText"]);
      if (length <= limit) return titan(request, response);
      refuse(
        response,
        `400 Bad Request: Too many input tokens. Max input tokens: ${limit}, request input token count: ${length}`,
      );
    });
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    const { cut, usage } = await embedder.embedWithUsage(["short", "🐋".repeat(4000)], { purpose });
    expect(cut).toEqual([1]);
    expect(usage.calls).toBe(3);
    const sent = server.requests.map(({ body }) => String(body["inputText"]));
    expect(sent.every((text) => text.isWellFormed())).toBe(true);
    expect(sent.at(-1)?.length ?? 0).toBeGreaterThan(limit * 0.85);
  });

  it("end with the refusal when no cut helps", async () => {
    await using server = await runtimeServer((_, response) =>
      refuse(response, "400 Bad Request: Too many input tokens. Max input tokens: 10, request input token count: 11"),
    );
    const work = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 }).embed(["word ".repeat(50)], {
      purpose,
    });
    await expect(work).rejects.toMatchObject({ kind: "context-overflow" });
    expect(server.requests.length).toBeLessThanOrEqual(9);
  });

  it("are sent once when they are equal, each with a vector of its own", async () => {
    await using server = await runtimeServer(titan);
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    const [one, other, again] = await embedder.embed(["same", "other", "same"], { purpose });
    expect(server.requests).toHaveLength(2);
    expect(again).toEqual(one);
    expect(again).not.toBe(one);
    expect(other).not.toEqual(one);
  });
});

describe("a model that nobody knows", () => {
  it.each([
    ["amazon.titan-embed-text-v7:0", "Titan Text Embeddings V2"],
    ["cohere.embed-v5:0", "Cohere Embed v4"],
    ["amazon.nova-3-multimodal-embeddings-v1:0", "Nova Multimodal Embeddings"],
  ])("%s is called as %s, with a warning", async (model, as) => {
    await using server = await runtimeServer(titan);
    const { warnings } = createEmbedder({ aws: server.aws, model });
    expect(warnings).toEqual([`${model} is not a known model; it is called as ${as}, the nearest of its family`]);
  });

  it("is called as the model that the caller names", async () => {
    await using server = await runtimeServer(titan);
    const model = "acme.vectors-v1";
    expect(() => createEmbedder({ aws: server.aws, model })).toThrow("acme.vectors-v1 is not a known embedding model");
    const embedder = createEmbedder({ aws: server.aws, model, baseModel: TITAN, dimensions: 256 });
    await embedder.embed(["a"], { purpose });
    expect(server.requests[0]).toMatchObject({ modelId: model, body: { dimensions: 256 } });
    expect(capabilitiesOf(parseModelRef(TITAN)).embedding?.value.maxInputTokens).toBe(embedder.maxInputTokens);
  });
});
