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
