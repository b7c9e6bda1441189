import { awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";

const texts = [
  "The blue whale is the largest animal in the ocean.",
  "Sourdough bread needs flour, water, salt and patience.",
  "The train to Lisbon leaves at noon from platform four.",
];

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function session() {
  const { region, credentials, url } = emulator;
  return awsSession({ region, credentials, endpoints: { "bedrock-runtime": url }, env: {} });
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe.each([
  ["amazon.titan-embed-text-v2:0", 1024],
  ["amazon.titan-embed-text-v2:0", 512],
  ["amazon.titan-embed-text-v2:0", 256],
  ["amazon.titan-embed-text-v1", 1536],
  ["amazon.nova-2-multimodal-embeddings-v1:0", 1024],
  ["amazon.nova-2-multimodal-embeddings-v1:0", 384],
  ["cohere.embed-english-v3", 1024],
  ["cohere.embed-multilingual-v3", 1024],
  ["cohere.embed-v4:0", 1536],
  ["cohere.embed-v4:0", 256],
] as const)("%s at %i dimensions", (model, dimensions) => {
  it("ranks the text that answers a query first, and counts its tokens", async () => {
    const embedder = createEmbedder({ aws: session(), model, dimensions });
    const { vectors, usage } = await embedder.embedWithUsage(texts, { purpose: "document" });
    const [query = new Float32Array()] = await embedder.embed(["When does the train to Lisbon leave?"], {
      purpose: "query",
    });
    const scores = vectors.map((vector) => dot(vector, query));
    expect(scores.indexOf(Math.max(...scores))).toBe(2);
    expect(vectors.map(({ length }) => length)).toEqual([dimensions, dimensions, dimensions]);
    expect(usage.inputTokens).toBeGreaterThan(10);
  });
});

it("says that the key is not known, once for all texts", async () => {
  const { region, url } = emulator;
  const credentials = { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "not-a-secret-at-all" };
  const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": url }, env: {} });
  const failure = createEmbedder({ aws, model: "amazon.titan-embed-text-v2:0" }).embed(texts, { purpose: "query" });
  await expect(failure).rejects.toMatchObject({
    kind: "invalid-credentials",
    message: expect.not.stringContaining("not-a-secret"),
  });
});
