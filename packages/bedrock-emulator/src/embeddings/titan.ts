import { countTokens } from "../engine/tokens.ts";
import { invalid } from "../http/service-error.ts";
import { arrayAt, type JsonObject, numberAt, stringAt } from "../json.ts";
import type { EmbeddingAnswer } from "./embed.ts";
import { refuseUnknownKeys, requiredKey } from "./malformed.ts";
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
  if (text === "")
    throw invalid(
      "Malformed input request: expected minLength: 1, actual: 0, please reformat your input and try again.",
    );
  const tokens = countTokens(text);
  if (tokens > maxTokens) {
    throw invalid(
      `400 Bad Request: Too many input tokens. Max input tokens: ${maxTokens}, request input token count: ${tokens}`,
    );
  }
  if (version === 1) {
    // Version 1 does not normalise: its values are well over 1.
    return { tokens, body: { embedding: embedText(text, 1_536, false), inputTextTokenCount: tokens } };
  }
  const dimensions = numberAt(body, "dimensions") ?? 1_024;
  if (![256, 512, 1_024].includes(dimensions)) {
    throw invalid(
      `Malformed input request: #/dimensions: ${dimensions} is not a valid enum value, please reformat your input and try again.`,
    );
  }
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
