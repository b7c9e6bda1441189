import { BedrockError } from "@clawrock/conversation";
import type { EmbeddingFamily, JsonRecord } from "./families/family.ts";
import { record } from "./families/read-json.ts";
import { unitLength } from "./unit-length.ts";

export interface Expected {
  /** Model and texts, as a message names them. */
  readonly of: string;
  readonly texts: number;
  readonly dimensions: number;
}

export interface ReadAnswer {
  readonly vectors: readonly Float32Array[];
  readonly inputTokens: number | undefined;
}

/**
 * The vectors of an answer, of length 1.
 *
 * @throws BedrockError of kind `protocol` where their number or size is not what was asked for.
 */
export function readAnswer(family: EmbeddingFamily, body: Uint8Array, expected: Expected): ReadAnswer {
  const answer = json(body, expected.of);
  const vectors = family.vectors(answer);
  if (!vectors) throw broken(expected.of, "holds no embeddings where this model puts them");
  if (vectors.length !== expected.texts) {
    throw broken(expected.of, `holds ${vectors.length} embeddings for ${expected.texts} texts`);
  }
  const odd = vectors.find(({ length }) => length !== expected.dimensions);
  if (odd)
    throw broken(expected.of, `holds an embedding of ${odd.length} dimensions instead of ${expected.dimensions}`);
  return { vectors: vectors.map(unitLength), inputTokens: family.inputTokens?.(answer) };
}

function json(body: Uint8Array, of: string): JsonRecord {
  try {
    return record(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  } catch (cause) {
    throw broken(of, "is not JSON", cause);
  }
}

function broken(of: string, what: string, cause?: unknown): BedrockError {
  const fix = "Check that the id belongs to the model you expect";
  return new BedrockError({ kind: "protocol", problem: `The answer of ${of} ${what}`, fix, cause });
}
