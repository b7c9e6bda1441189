import { awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
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

const MODELS = [
  "amazon.titan-embed-text-v2:0",
  "amazon.titan-embed-text-v1",
  "amazon.titan-embed-image-v1",
  "amazon.nova-2-multimodal-embeddings-v1:0",
  "cohere.embed-english-v3",
  "cohere.embed-multilingual-v3",
  "cohere.embed-v4:0",
  "us.cohere.embed-v4:0",
  "us.twelvelabs.marengo-embed-2-7-v1:0",
  "twelvelabs.marengo-embed-3-0-v1:0",
];
const cases = MODELS.flatMap((model) => {
  const dimensions = capabilitiesOf(parseModelRef(model)).embedding?.value.dimensions ?? [];
  return dimensions.map((size): [string, number] => [model, size]);
});

it("has every size of every family", () => expect(cases).toHaveLength(27));

describe.each(cases)("%s at %i dimensions", (model, dimensions) => {
  it("ranks the text that answers a query first, and counts its tokens", async () => {
    const embedder = createEmbedder({ aws: session(), model, dimensions });
    const { vectors, usage } = await embedder.embedWithUsage(texts, { purpose: "document" });
    const [query = new Float32Array()] = await embedder.embed(["When does the train to Lisbon leave?"], {
      purpose: "query",
    });
    const scores = vectors.map((vector) => dot(vector, query));
    expect(scores.indexOf(Math.max(...scores))).toBe(2);
    expect(vectors.map(({ length }) => length)).toEqual([dimensions, dimensions, dimensions]);
    for (const vector of vectors) expect(dot(vector, vector)).toBeCloseTo(1, 5);
    expect(usage.inputTokens).toBeGreaterThan(10);
    expect(embedder.warnings).toEqual([]);
  });
});

describe.each(MODELS)("a text that is too long for %s", (model) => {
  const long = `whales ${"plankton ".repeat(9000)}`;

  it("is cut and named by default, and found by its beginning", async () => {
    const embedder = createEmbedder({ aws: session(), model });
    const { vectors, cut } = await embedder.embedWithUsage(["short", long], { purpose: "document" });
    const takesIt = embedder.maxInputTokens > 100_000;
    expect(cut).toEqual(takesIt ? [] : [1]);
    expect(vectors[1]?.some((value) => value !== 0)).toBe(true);
  });

  it("is refused by its index when asked for", async () => {
    const embedder = createEmbedder({ aws: session(), model });
    if (embedder.maxInputTokens > 100_000 || /cohere/u.test(model) === false) {
      const work = embedder.embedSettled(["short", long], { purpose: "document", oversized: "refuse" });
      const { failures, vectors } = await work;
      expect(failures.map(({ index }) => index)).toEqual(embedder.maxInputTokens > 100_000 ? [] : [1]);
      expect(vectors[0]).toHaveLength(embedder.dimensions);
      return;
    }
    await expect(embedder.embed(["short", long], { purpose: "document", oversized: "refuse" })).rejects.toMatchObject({
      kind: "invalid-config",
      message: expect.stringContaining(`texts[1] has ${long.length} characters, more than the 2048`),
    });
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
