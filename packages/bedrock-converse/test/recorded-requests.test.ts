import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { buildRequest, readModel } from "../src/index.ts";
import { importRequest, type Wire } from "./import-request.ts";
import { differencesOf } from "./wire-differences.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? join(import.meta.dirname, "../../../../shared/data");
const folder = join(data, "recordings");

/** Requests of the collection whose differences were reviewed. */
const REVIEWED = 149;

interface Recorded {
  readonly name: string;
  readonly modelId: string;
  readonly status: number;
  readonly wire: Wire;
}

function recorded(): Recorded[] {
  return globSync(join(folder, "*/*.json"))
    .toSorted()
    .flatMap((file) => {
      const { operation, modelId, status, request, name } = JSON.parse(readFileSync(file, "utf8"));
      if (operation !== "converse" && operation !== "converse-stream") return [];
      // One was cut off where it was recorded; an id of no known shape is refused before anything is built.
      const known = typeof request === "object" && parseModelRef(modelId).kind !== "unknown";
      return known ? [{ name, modelId, status, wire: request }] : [];
    });
}

describe.skipIf(!existsSync(folder))("recorded requests", () => {
  it("are built from a neutral conversation, but for these differences", () => {
    const counts = new Map<string, number>();
    const unexplained: string[] = [];
    const requests = recorded();
    for (const { name, modelId, status, wire } of requests) {
      const model = readModel(modelId);
      const { input } = buildRequest(importRequest(modelId, wire), model, wire.guardrailConfig);
      const { rules, left } = differencesOf(wire, asWire(input), { refused: status !== 200, model });
      for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
      if (left !== undefined) unexplained.push(`${name} (${modelId}): ${left}`);
    }
    expect(unexplained).toEqual([]);
    // Another collection of recordings has other counts, and may need other rules.
    if (requests.length !== REVIEWED) return;
    expect(Object.fromEntries([...counts].toSorted())).toMatchInlineSnapshot(`
      {
        "a blank text is left out": 2,
        "a model that is unreliable with a schema is told it in the system prompt": 2,
        "a result that says no status is a success": 1,
        "a schema is written without spaces": 5,
        "a video that the service refuses in a result stands beside it": 1,
        "a video's format is written as the service documents it": 1,
        "adaptive thinking has its effort beside it": 6,
        "an empty inferenceConfig is left out": 114,
        "an empty system prompt is left out": 96,
        "thinking that the model does anyway is asked for, so that it is shown": 17,
        "toolChoice auto is the default and left out": 48,
        "two messages of one role are one": 2,
        "what the service refused is told to the model in words": 5,
        "words, not a blank, stand between an attachment and a cache point": 2,
      }
    `);
  });
});

/** As the SDK writes it: bytes as base64, no undefined members, and without the model's id, which is part of the path. */
function asWire({ modelId: _, ...input }: Wire): Wire {
  return JSON.parse(
    JSON.stringify(input, (_key, value: unknown) => {
      const bytes = typeof value === "object" && value !== null && "type" in value && value.type === "Buffer";
      return bytes && "data" in value ? Buffer.from(value.data as number[]).toString("base64") : value;
    }),
  );
}
