import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createEmbedder } from "../src/index.ts";
import { runtimeServer, send } from "./runtime-server.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data");
const folder = path.join(data, "recordings/pydantic-ai");

interface Recording {
  readonly modelId: string;
  readonly status: number;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: unknown;
}

const recordings = globSync("*test_embeddings*.json", { cwd: folder }).map((name) => {
  const recording: Recording = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  return { name, ...recording };
});

/** The first list of numbers in an answer: the embedding, whatever the family. */
function firstNumbers(value: unknown): number[] {
  if (Array.isArray(value) && typeof value[0] === "number") return value;
  if (typeof value !== "object" || value === null) return [];
  return (
    Object.values(value)
      .map(firstNumbers)
      .find(({ length }) => length > 1) ?? []
  );
}

/** What was recorded of a request that says the same as ours: other clients choose other purposes, and may not normalise. */
function comparable({ normalize: _, ...request }: Record<string, unknown>): object {
  const nova = request["singleEmbeddingParams"];
  if (typeof nova === "object" && nova !== null && "embeddingPurpose" in nova) {
    const { embeddingPurpose, ...rest } = nova;
    return { ...request, singleEmbeddingParams: embeddingPurpose === "TEXT_RETRIEVAL" ? nova : rest };
  }
  const { input_type: type, ...rest } = request;
  return type === undefined || type === "search_query" ? request : rest;
}

describe.skipIf(!existsSync(folder))("recorded embeddings", () => {
  it("are there", () => expect(recordings.length).toBeGreaterThan(10));

  it.each(recordings)("$name is asked for as it was, and read as its numbers at unit length", async (recording) => {
    const { modelId, request, response } = recording;
    await using server = await runtimeServer((_, out) => send(out, 200, response));
    const numbers = firstNumbers(response);
    const embedder = createEmbedder({
      aws: server.aws,
      model: modelId,
      dimensions: numbers.length,
      // The recording's profile stands for Titan v2.
      ...(modelId.includes("application-inference-profile") && { baseModel: "amazon.titan-embed-text-v2:0" }),
    });
    const asked = JSON.stringify(request);
    const [, text = ""] = /"(?:inputText|value)":"(.+?)"|"texts":\["(.+?)"/u.exec(asked)?.filter(Boolean) ?? [];
    const oversized = asked.includes('"NONE"') ? ("refuse" as const) : ("cut" as const);
    const [vector] = await embedder.embed([text], { purpose: "query", oversized });
    const length = Math.hypot(...numbers);
    const expected = Float32Array.from(numbers, (value) => value / length);
    expect(vector).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(vector?.[index]).toBeCloseTo(value, 7);
    expect(server.requests[0]?.modelId).toBe(modelId);
    expect(server.requests[0]?.body).toMatchObject(comparable(request));
  });
});
