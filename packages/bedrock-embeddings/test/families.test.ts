import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { runtimeServer, send, vectorOf } from "./runtime-server.ts";

const text = "a whale";

/** Model, size, body for a document, body for a query, and the answer's shape. */
const cases = [
  {
    model: "amazon.titan-embed-text-v1",
    dimensions: 1536,
    document: { inputText: text },
    query: { inputText: text },
    answer: (vector: number[]) => ({ embedding: vector, inputTextTokenCount: 4 }),
  },
  {
    model: "amazon.titan-embed-g1-text-02",
    dimensions: 1536,
    document: { inputText: text },
    query: { inputText: text },
    answer: (vector: number[]) => ({ embedding: vector, inputTextTokenCount: 4 }),
  },
  {
    model: "amazon.titan-embed-text-v2:0",
    dimensions: 512,
    document: { inputText: text, dimensions: 512, normalize: true },
    query: { inputText: text, dimensions: 512, normalize: true },
    answer: (vector: number[]) => ({ embedding: vector, embeddingsByType: { float: vector }, inputTextTokenCount: 4 }),
  },
  {
    model: "amazon.titan-embed-image-v1",
    dimensions: 384,
    document: { inputText: text, embeddingConfig: { outputEmbeddingLength: 384 } },
    query: { inputText: text, embeddingConfig: { outputEmbeddingLength: 384 } },
    answer: (vector: number[]) => ({ embedding: vector, inputTextTokenCount: 4, message: null }),
  },
  {
    model: "amazon.nova-2-multimodal-embeddings-v1:0",
    dimensions: 3072,
    document: {
      taskType: "SINGLE_EMBEDDING",
      singleEmbeddingParams: {
        embeddingPurpose: "GENERIC_INDEX",
        embeddingDimension: 3072,
        text: { truncationMode: "END", value: text },
      },
    },
    query: { singleEmbeddingParams: { embeddingPurpose: "TEXT_RETRIEVAL" } },
    answer: (vector: number[]) => ({ embeddings: [{ embeddingType: "TEXT", embedding: vector }] }),
  },
  {
    model: "cohere.embed-english-v3",
    dimensions: 1024,
    document: { texts: [text], input_type: "search_document", truncate: "END" },
    query: { texts: [text], input_type: "search_query", truncate: "END" },
    answer: (vector: number[]) => ({ embeddings: [vector] }),
  },
  {
    model: "us.cohere.embed-v4:0",
    dimensions: 1536,
    document: {
      texts: [text],
      input_type: "search_document",
      truncate: "END",
      embedding_types: ["float"],
      output_dimension: 1536,
    },
    query: { input_type: "search_query" },
    answer: (vector: number[]) => ({ embeddings: { float: [vector] } }),
  },
  {
    model: "us.twelvelabs.marengo-embed-2-7-v1:0",
    dimensions: 1024,
    document: { inputType: "text", inputText: text, textTruncate: "end" },
    query: { inputText: text },
    answer: (vector: number[]) => ({ data: [{ embedding: vector }] }),
  },
  {
    model: "twelvelabs.marengo-embed-3-0-v1:0",
    dimensions: 512,
    document: { inputType: "text", text: { inputText: text } },
    query: { text: { inputText: text } },
    answer: (vector: number[]) => ({ data: { embedding: vector } }),
  },
] as const;

describe.each(cases)("$model", ({ model, dimensions, document, query, answer }) => {
  it("gets its own body for a document and a query, and its answer is read", async () => {
    await using server = await runtimeServer((_, response) =>
      send(response, 200, answer(vectorOf(text, dimensions)), { "x-amzn-bedrock-input-token-count": "4" }),
    );
    const embedder = createEmbedder({ aws: server.aws, model, dimensions });
    const { vectors, usage } = await embedder.embedWithUsage([text], { purpose: "document" });
    await embedder.embed([text], { purpose: "query" });
    expect(server.requests.map(({ modelId }) => modelId)).toEqual([model, model]);
    expect(server.requests[0]?.body).toEqual(document);
    expect(server.requests[1]?.body).toMatchObject(query);
    expect(vectors[0]).toHaveLength(dimensions);
    expect(Math.hypot(...(vectors[0] ?? []))).toBeCloseTo(1, 6);
    expect(usage.inputTokens).toBe(4);
  });
});

describe("Cohere", () => {
  it("takes 96 texts a call and keeps their order", async () => {
    await using server = await runtimeServer(({ body }, response) => {
      const texts = body["texts"];
      const vectors = Array.isArray(texts) ? texts.map((one) => vectorOf(one, 1024)) : [];
      setTimeout(() => send(response, 200, { embeddings: vectors }), vectors.length === 96 ? 20 : 0);
    });
    const texts = Array.from({ length: 200 }, (_, index) => "x".repeat(index + 1));
    const embedder = createEmbedder({ aws: server.aws, model: "cohere.embed-multilingual-v3" });
    const { vectors, usage } = await embedder.embedWithUsage(texts, { purpose: "document" });
    expect(server.requests.map(({ body }) => Array.isArray(body["texts"]) && body["texts"].length).sort()).toEqual([
      8, 96, 96,
    ]);
    expect(vectors.map((vector) => Math.round((3 * (vector[0] ?? 0)) / (vector[1] ?? 1)))).toEqual(
      texts.map(({ length }) => length),
    );
    expect(usage).toEqual({ inputTokens: undefined, calls: 3, cost: undefined });
  });

  it("refuses an answer with too few vectors", async () => {
    await using server = await runtimeServer((_, response) =>
      send(response, 200, { embeddings: [vectorOf("a", 1024)] }),
    );
    const failure = createEmbedder({ aws: server.aws, model: "cohere.embed-english-v3" }).embed(["a", "b"], {
      purpose: "query",
    });
    await expect(failure).rejects.toMatchObject({ message: expect.stringContaining("1 embeddings for 2 texts") });
  });

  it("cuts a text of v3 where the service would refuse it, never inside a character", async () => {
    await using server = await runtimeServer((_, response) =>
      send(response, 200, { embeddings: [vectorOf("a", 1024)] }),
    );
    const embedder = createEmbedder({ aws: server.aws, model: "cohere.embed-english-v3" });
    await embedder.embed([`${"x".repeat(2047)}🐋 and more`], { purpose: "document" });
    const [sent] = server.requests.flatMap(({ body }) => body["texts"] as string[]);
    expect(sent).toBe("x".repeat(2047));
    expect(sent?.isWellFormed()).toBe(true);
  });
});
