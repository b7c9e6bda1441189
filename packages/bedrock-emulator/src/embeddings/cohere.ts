import { randomUUID } from "node:crypto";
import { countTokens, sum } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { arrayAt, type Json, type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { embeddingRefusal } from "./embedding-refusals.ts";
import { refuseOther, refuseUnknownKeys, requiredKey } from "./malformed.ts";
import { embedText } from "./vector.ts";

const maxTexts = 96;
const maxCharactersV3 = 2_048;
const inputTypes = ["search_document", "search_query", "classification", "clustering", "image"];
const kinds = ["float", "int8", "uint8", "binary", "ubinary"];

/**
 * Cohere Embed v3 (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html) and v4
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html). A text of v3 that is too long is refused
 * before `truncate` is looked at; v4 answers by type even when it was not asked to.
 */
export function embedCohere(body: JsonObject, version: 3 | 4): EmbeddingAnswer {
  const common = ["texts", "images", "input_type", "truncate", "embedding_types"];
  refuseUnknownKeys(body, version === 3 ? common : [...common, "inputs", "output_dimension", "max_tokens"]);
  const inputType = stringAt(body, "input_type");
  if (inputType === undefined) throw requiredKey("input_type");
  refuseOther(inputType, inputTypes, "input_type");
  if (body["truncate"] !== undefined) {
    refuseOther(body["truncate"], ["NONE", "START", "END", "LEFT", "RIGHT"], "truncate");
  }
  // Kinds of input exclude each other; v3 takes one image at a time.
  const given = ["texts", "images", "inputs"].filter((key) => body[key] !== undefined);
  if (given.length > 1) throw invalid(embeddingRefusal("cohere-several-inputs", given));
  const images = arrayAt(body, "images").filter((image) => typeof image === "string");
  if (images.length > 0 && inputType !== "image") throw invalid(embeddingRefusal("cohere-image-type"));
  if (version === 3 && images.length > 1) throw invalid(embeddingRefusal("cohere-count", "images", 1, images.length));
  const maxTokens = numberAt(body, "max_tokens");
  if (maxTokens !== undefined && (maxTokens < 1 || maxTokens > 128_000))
    throw invalid(embeddingRefusal("cohere-max-tokens", maxTokens));
  const texts = [...textsOf(body), ...images];
  if (texts.length === 0) throw requiredKey("texts");
  if (texts.length > maxTexts) throw invalid(embeddingRefusal("cohere-count", "texts", maxTexts, texts.length));
  const long = version === 3 && images.length === 0 ? texts.findIndex((text) => text.length > maxCharactersV3) : -1;
  if (long >= 0) {
    throw invalid(embeddingRefusal("cohere-text-length", long, maxCharactersV3, texts[long]?.length ?? 0));
  }
  const dimensions = version === 3 ? 1_024 : (numberAt(body, "output_dimension") ?? 1_536);
  if (version === 4) refuseOther(dimensions, [256, 384, 512, 768, 1_024, 1_536], "output_dimension");
  const asked = arrayAt(body, "embedding_types").filter((kind) => typeof kind === "string");
  for (const kind of asked) refuseOther(kind, kinds, "embedding_types");

  const vectors = texts.map((text) => embedText(text, dimensions));
  const byType = asked.length > 0 || version === 4;
  const types = asked.length > 0 ? asked : ["float"];
  return {
    tokens: sum(texts.map(countTokens)),
    body: {
      embeddings: byType
        ? Object.fromEntries(types.map((kind) => [kind, vectors.map((vector) => quantize(vector, kind))]))
        : vectors,
      id: randomUUID(),
      response_type: byType ? "embeddings_by_type" : "embeddings_floats",
      // v3 gives the texts back in lower case.
      texts: version === 3 ? texts.map((text) => text.toLowerCase()) : texts,
    },
  };
}

function textsOf(body: JsonObject): string[] {
  const plain = arrayAt(body, "texts").filter((text) => typeof text === "string");
  const mixed = arrayAt(body, "inputs").map((input) => arrayAt(input, "content").map(contentText).join(" "));
  return [...plain, ...mixed];
}

function contentText(content: Json): string {
  return stringAt(content, "text") ?? stringAt(objectAt(content, "image_url"), "url") ?? "";
}

function quantize(vector: readonly number[], kind: string): number[] {
  switch (kind) {
    case "int8":
      return vector.map((value) => Math.max(-128, Math.min(127, Math.round(value * 127))));
    case "uint8":
      return vector.map((value) => Math.max(0, Math.min(255, Math.round(value * 127 + 128))));
    case "binary":
      return packBits(vector).map((byte) => byte - 128);
    case "ubinary":
      return packBits(vector);
    default:
      return [...vector];
  }
}

function packBits(vector: readonly number[]): number[] {
  return Array.from({ length: Math.ceil(vector.length / 8) }, (_, byte) =>
    vector.slice(byte * 8, byte * 8 + 8).reduce((bits, value, bit) => bits | ((value > 0 ? 1 : 0) << (7 - bit)), 0),
  );
}
