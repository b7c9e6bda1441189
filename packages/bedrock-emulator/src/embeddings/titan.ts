import { countTokens } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { arrayAt, type JsonObject, numberAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { embeddingRefusal } from "./embedding-refusals.ts";
import { refuseOther, refuseUnknownKeys, requiredKey } from "./malformed.ts";
import { embedText } from "./vector.ts";

const maxTokens = 8_192;

/**
 * Titan Text Embeddings G1 and V2
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html).
 */
export function embedTitan(body: JsonObject, version: 1 | 2): EmbeddingAnswer {
  refuseUnknownKeys(body, version === 1 ? ["inputText"] : ["inputText", "dimensions", "normalize", "embeddingTypes"]);
  const text = stringAt(body, "inputText");
  if (text === undefined) throw requiredKey("inputText");
  if (text === "") throw invalid(embeddingRefusal("titan-empty"));
  const tokens = countTokens(text);
  if (tokens > maxTokens) throw invalid(embeddingRefusal("titan-tokens", maxTokens, tokens));
  if (version === 1) {
    // Version 1 does not normalise: its values are well over 1.
    return { tokens, body: { embedding: embedText(text, 1_536, false), inputTextTokenCount: tokens } };
  }
  const dimensions = numberAt(body, "dimensions") ?? 1_024;
  refuseOther(dimensions, [256, 512, 1_024], "dimensions");
  const embedding = embedText(text, dimensions, body["normalize"] !== false);
  const types = body["embeddingTypes"] === undefined ? ["float"] : arrayAt(body, "embeddingTypes");
  return {
    tokens,
    body: {
      ...(types.includes("float") && { embedding }),
      embeddingsByType: {
        ...(types.includes("binary") && { binary: embedding.map((value) => (value > 0 ? 1 : 0)) }),
        ...(types.includes("float") && { float: embedding }),
      },
      inputTextTokenCount: tokens,
    },
  };
}
