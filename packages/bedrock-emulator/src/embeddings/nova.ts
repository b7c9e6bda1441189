import { countTokens } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { embeddingRefusal } from "./embedding-refusals.ts";
import { refuseOther, refuseUnknownKeys, requiredKey } from "./malformed.ts";
import { embedText } from "./vector.ts";

const purposes = [
  "GENERIC_INDEX",
  "GENERIC_RETRIEVAL",
  "TEXT_RETRIEVAL",
  "IMAGE_RETRIEVAL",
  "VIDEO_RETRIEVAL",
  "DOCUMENT_RETRIEVAL",
  "AUDIO_RETRIEVAL",
  "CLASSIFICATION",
  "CLUSTERING",
];
const maxTokens = 8_192;

/** Nova Multimodal Embeddings, one text (https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html). */
export function embedNova(body: JsonObject): EmbeddingAnswer {
  refuseUnknownKeys(body, ["schemaVersion", "taskType", "singleEmbeddingParams"]);
  refuseOther(body["taskType"], ["SINGLE_EMBEDDING"], "taskType");
  if (body["singleEmbeddingParams"] === undefined) throw requiredKey("singleEmbeddingParams");
  const parameters = objectAt(body, "singleEmbeddingParams");
  refuseUnknownKeys(
    parameters,
    ["embeddingPurpose", "embeddingDimension", "text", "image", "audio", "video"],
    "#/singleEmbeddingParams",
  );
  refuseOther(parameters["embeddingPurpose"], purposes, "singleEmbeddingParams/embeddingPurpose");
  const dimensions = numberAt(parameters, "embeddingDimension") ?? 3_072;
  refuseOther(dimensions, [256, 384, 1_024, 3_072], "singleEmbeddingParams/embeddingDimension");
  const text = objectAt(parameters, "text");
  refuseOther(text["truncationMode"], ["START", "END", "NONE"], "singleEmbeddingParams/text/truncationMode");
  const value = stringAt(text, "value");
  if (value === undefined) throw requiredKey("value");
  const tokens = countTokens(value);
  if (tokens > maxTokens && text["truncationMode"] === "NONE") {
    throw invalid(embeddingRefusal("nova-tokens", maxTokens, tokens));
  }
  return { tokens, body: { embeddings: [{ embedding: embedText(value, dimensions), embeddingType: "TEXT" }] } };
}
