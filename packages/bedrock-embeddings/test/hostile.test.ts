import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { unitLength } from "../src/unit-length.ts";
import { type ReceivedInvoke, runtimeServer, send, vectorOf } from "./runtime-server.ts";

const TITAN = "amazon.titan-embed-text-v2:0";
const COHERE = "cohere.embed-v4:0";
const titan = ({ body }: ReceivedInvoke) => ({ embedding: vectorOf(body["inputText"], 256), inputTextTokenCount: 1 });
const cohere = ({ body }: ReceivedInvoke) => ({
  embeddings: { float: (body["texts"] as unknown[]).map((text) => vectorOf(text, 256)) },
});
const purpose = "document";

describe("the order of the vectors", () => {
  it("is that of the texts, whichever answer comes first", async () => {
    await using server = await runtimeServer(async (request, response) => {
      await wait(Math.random() * 15);
      send(response, 200, titan(request));
    });
    const texts = Array.from({ length: 60 }, (_, index) => "x".repeat(index + 1));
    const vectors = await createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 }).embed(texts, { purpose });
    expect(vectors.map((vector) => Math.round((3 * (vector[0] ?? 0)) / (vector[1] ?? 1)))).toEqual(
      texts.map(({ length }) => length),
    );
  });

  it("holds for 10,000 texts, in 105 calls and without keeping the answers", async () => {
    await using server = await runtimeServer((request, response) => send(response, 200, cohere(request)));
    const texts = Array.from({ length: 10_000 }, (_, index) => `text ${index} ${"x".repeat(index % 50)}`);
    const embedder = createEmbedder({ aws: server.aws, model: COHERE, dimensions: 256 });
    const { vectors, usage } = await embedder.embedWithUsage(texts, { purpose });
    expect(vectors).toHaveLength(10_000);
    expect(vectors.at(-1)?.[0]).toBeCloseTo(59 / Math.hypot(59, 3));
    expect(usage.calls).toBe(105);
  });
});

describe("concurrency", () => {
  it.each([0, -1, 1.5, Number.NaN])("of %d is refused, for it would embed nothing", async (concurrency) => {
    await using server = await runtimeServer((request, response) => send(response, 200, titan(request)));
    const make = () => createEmbedder({ aws: server.aws, model: TITAN, concurrency });
    expect(make).toThrow(`The option concurrency is ${concurrency}`);
  });
});

describe("a text with half an emoji", () => {
  it.each([
    [TITAN, titan, "inputText"],
    [COHERE, cohere, "texts"],
  ] as const)("goes to %s with a replacement character", async (model, answer, field) => {
    await using server = await runtimeServer((request, response) => send(response, 200, answer(request)));
    const text = "cut \ud83d";
    await createEmbedder({ aws: server.aws, model, dimensions: 256 }).embed([text], { purpose });
    expect([server.requests[0]?.body[field]].flat()).toEqual(["cut \ufffd"]);
    expect(text.isWellFormed()).toBe(false);
  });
});

describe("an answer", () => {
  it.each([
    ["of another size", { embedding: [1, 2, 3] }, "3 dimensions instead of 256"],
    ["that is empty", { embedding: [] }, "0 dimensions instead of 256"],
    ["with null in it", { embedding: [...vectorOf("x", 255), null] }, "no embeddings"],
    ["with NaN in it", `{"embedding":[NaN]}`, "is not JSON"],
    ["that is null", "null", "no embeddings"],
    ["that is a web page", "<html></html>", "is not JSON"],
  ])("%s is refused, naming model and text", async (_, body, said) => {
    await using server = await runtimeServer((__, response) => send(response, 200, body));
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    const error = await embedder.embed(["one"], { purpose }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "protocol" });
    expect(String(error)).toContain(said);
    expect(String(error)).toContain(TITAN);
    expect(String(error)).toContain("texts[0]");
  });

  it("that throttles is asked for again", async () => {
    await using server = await runtimeServer((request, response) => {
      if (server.requests.length === 1)
        send(response, 429, { message: "Too many requests" }, { "x-amzn-errortype": "ThrottlingException" });
      else send(response, 200, titan(request));
    });
    const embedder = createEmbedder({ aws: server.aws, model: TITAN, dimensions: 256 });
    expect(await embedder.embed(["one"], { purpose })).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });
});

describe("length 1", () => {
  it.each([
    [
      [3e200, 4e200],
      [0.6, 0.8],
    ],
    [
      [3e-200, 4e-200],
      [0.6, 0.8],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [[-2], [-1]],
  ])("of %j is %j", (vector, expected) => {
    for (const [index, value] of unitLength(vector).entries()) expect(value).toBeCloseTo(expected[index] ?? Number.NaN);
  });
});
