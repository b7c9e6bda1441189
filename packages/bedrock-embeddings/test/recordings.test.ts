import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
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

describe.skipIf(!existsSync(folder))("recorded embeddings", () => {
  it("are there", () => expect(recordings.length).toBeGreaterThan(10));

  it.each(recordings)("$name is read as its numbers, at unit length", async ({ modelId, response }) => {
    await using server = await runtimeServer((_, out) => send(out, 200, response));
    const numbers = firstNumbers(response);
    const opaque = modelId.includes("application-inference-profile");
    const embedder = createEmbedder({
      aws: server.aws,
      model: modelId,
      dimensions: numbers.length,
      // The recording's profile stands for Titan v2.
      ...(opaque && { capabilities: capabilitiesOf(parseModelRef("amazon.titan-embed-text-v2:0")) }),
    });
    const [vector] = await embedder.embed(["the recorded text"], { purpose: "query" });
    const length = Math.hypot(...numbers);
    expect(vector).toEqual(Float32Array.from(numbers, (value) => value / length));
    expect(server.requests[0]?.modelId).toBe(modelId);
  });
});
