import { InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { runtimeClient } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function invoke(modelId: string, body: object) {
  const answer = await runtimeClient(emulator).send(
    new InvokeModelCommand({ modelId, body: JSON.stringify(body), contentType: "application/json" }),
  );
  return JSON.parse(new TextDecoder().decode(answer.body));
}

function cosine(left: number[], right: number[]): number {
  const dot = left.reduce((total, value, index) => total + value * (right[index] ?? 0), 0);
  return dot / (Math.hypot(...left) * Math.hypot(...right));
}

const titan2 = "amazon.titan-embed-text-v2:0";

describe("embeddings", () => {
  it("follow shared words", async () => {
    const vector = async (inputText: string) => (await invoke(titan2, { inputText })).embedding;
    const query = await vector("Which fruits grow on trees?");
    const near = await vector("Apples are a fruit of a tree.");
    const far = await vector("The committee approved next year's budget.");
    expect(cosine(query, near)).toBeGreaterThan(0.5);
    expect(cosine(query, far)).toBeLessThan(0.2);
  });

  it("have the shapes of their families", async () => {
    const v2 = await invoke(titan2, { inputText: "hello world", dimensions: 256 });
    expect(v2.embedding).toHaveLength(256);
    expect(v2.embeddingsByType.float).toEqual(v2.embedding);
    expect(Math.hypot(...v2.embedding)).toBeCloseTo(1, 5);
    const v1 = await invoke("amazon.titan-embed-text-v1", { inputText: "hello world" });
    expect(v1.embedding).toHaveLength(1536);
    expect(Math.hypot(...v1.embedding)).toBeGreaterThan(1.1);
    const three = await invoke("cohere.embed-english-v3", { texts: ["Hello", "World"], input_type: "search_query" });
    expect(three.embeddings).toHaveLength(2);
    expect(three.response_type).toBe("embeddings_floats");
    const four = await invoke("us.cohere.embed-v4:0", { texts: ["Hello"], input_type: "search_document" });
    expect(four.embeddings.float[0]).toHaveLength(1536);
    const nova = await invoke("amazon.nova-2-multimodal-embeddings-v1:0", {
      taskType: "SINGLE_EMBEDDING",
      singleEmbeddingParams: {
        embeddingPurpose: "GENERIC_INDEX",
        embeddingDimension: 384,
        text: { truncationMode: "END", value: "Hello" },
      },
    });
    expect(nova.embeddings[0].embedding).toHaveLength(384);
  });

  it("of texts and images have the shapes of their families", async () => {
    const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";
    const image = "amazon.titan-embed-image-v1";
    const words = (await invoke(image, { inputText: "a red apple" })).embedding;
    const picture = (await invoke(image, { inputImage: pixel })).embedding;
    const mixed = await invoke(image, { inputText: "a red apple", inputImage: pixel });
    expect([words.length, mixed.inputTextTokenCount]).toEqual([1_024, 3]);
    expect(cosine(mixed.embedding, words)).toBeCloseTo(cosine(mixed.embedding, picture), 1);
    expect(cosine(words, picture)).toBeLessThan(cosine(words, mixed.embedding));
    const small = await invoke(image, { inputText: "x", embeddingConfig: { outputEmbeddingLength: 256 } });
    expect(small.embedding).toHaveLength(256);
    const three = await invoke("twelvelabs.marengo-embed-3-0-v1:0", {
      inputType: "text",
      text: { inputText: "hello" },
    });
    expect(three.data[0].embedding).toHaveLength(512);
    const two = await invoke("us.twelvelabs.marengo-embed-2-7-v1:0", { inputType: "text", inputText: "hello" });
    expect(two.data[0].embedding).toHaveLength(1_024);
    const four = await invoke("cohere.embed-v4:0", {
      inputs: [
        {
          content: [
            { type: "text", text: "hello" },
            { type: "image_url", image_url: { url: pixel } },
          ],
        },
      ],
      input_type: "search_document",
      output_dimension: 256,
      embedding_types: ["int8", "ubinary"],
    });
    expect([four.embeddings.int8[0].length, four.embeddings.ubinary[0].length]).toEqual([256, 32]);
  });

  it.each([
    ["amazon.titan-embed-image-v1", {}, "#: required key [inputText] not found"],
    ["amazon.titan-embed-image-v1", { inputText: "x", embeddingConfig: { outputEmbeddingLength: 512 } }, "512"],
    ["twelvelabs.marengo-embed-3-0-v1:0", { inputType: "text", inputText: "x" }, "extraneous key [inputText]"],
    ["us.twelvelabs.marengo-embed-2-7-v1:0", { inputType: "text", text: {} }, "required key [inputText] not found"],
    ["twelvelabs.marengo-embed-2-7-v1:0", { inputType: "text", inputText: "x" }, "with on-demand throughput isn"],
    ["cohere.embed-v4:0", { texts: ["x"], images: ["y"], input_type: "image" }, "only one of [texts, images]"],
    ["cohere.embed-v4:0", { images: ["y"], input_type: "search_query" }, "#/input_type"],
    ["cohere.embed-v4:0", { texts: ["x"], input_type: "search_query", max_tokens: 200_000 }, "#/max_tokens"],
    [
      "cohere.embed-english-v3",
      { images: ["x", "y"], input_type: "image" },
      "expected maximum item count: 1, found: 2",
    ],
  ])("%s refuses %j", async (modelId, body, message) => {
    await expect(invoke(modelId, body)).rejects.toThrow(message);
  });

  it("report their tokens in a header, and refuse what the service refuses", async () => {
    const answer = await fetch(`${emulator.url}/model/${encodeURIComponent(titan2)}/invoke`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}` },
      body: JSON.stringify({ inputText: "three short words" }),
    });
    expect(answer.headers.get("x-amzn-bedrock-input-token-count")).toBe("3");
    await expect(invoke(titan2, { inputText: "x", dimensions: 500 })).rejects.toThrow(/^Malformed input request/);
    await expect(invoke(titan2, { inputText: "x", dim: 256 })).rejects.toThrow("extraneous key [dim] is not permitted");
    await expect(invoke(titan2, { inputText: "x ".repeat(8_193) })).rejects.toThrow(
      "400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 8193",
    );
    await expect(invoke("cohere.embed-english-v3", { texts: ["x"] })).rejects.toThrow("input_type");
    await expect(
      invoke("cohere.embed-english-v3", { texts: ["x".repeat(2_049)], input_type: "search_query" }),
    ).rejects.toThrow("#/texts/0: expected maxLength: 2048, actual: 2049");
  });
});
