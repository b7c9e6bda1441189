import { countTokens } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { embeddingRefusal } from "./embedding-refusals.ts";
import { refuseOther, refuseUnknownKeys, requiredKey } from "./malformed.ts";
import { average, embedText } from "./vector.ts";

const maxTokens = 256;
const maxImageBytes = 25 * 1024 * 1024;

/**
 * Titan Multimodal Embeddings G1: a text, an image or the average of both
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html). An image is a word of its own
 * here: equal bytes are near, others are not.
 */
export function embedTitanImage(body: JsonObject): EmbeddingAnswer {
  refuseUnknownKeys(body, ["inputText", "inputImage", "embeddingConfig"]);
  const text = stringAt(body, "inputText");
  const image = stringAt(body, "inputImage");
  if (text === undefined && image === undefined) throw requiredKey("inputText");
  const dimensions = numberAt(objectAt(body, "embeddingConfig"), "outputEmbeddingLength") ?? 1_024;
  refuseOther(dimensions, [256, 384, 1_024], "embeddingConfig/outputEmbeddingLength");
  const tokens = text === undefined ? 0 : countTokens(text);
  if (tokens > maxTokens) throw invalid(embeddingRefusal("titan-tokens", maxTokens, tokens));
  if (image !== undefined && Buffer.byteLength(image, "base64") > maxImageBytes)
    throw invalid(embeddingRefusal("titan-image"));
  const parts = [
    ...(text === undefined ? [] : [embedText(text, dimensions)]),
    ...(image === undefined ? [] : [embedText(image, dimensions)]),
  ];
  return { tokens, body: { embedding: average(parts), inputTextTokenCount: tokens, message: null } };
}
