import type { EmbeddingFamily } from "./family.ts";
import { count, oneRow } from "./read-json.ts";

/**
 * Titan Text Embeddings V2 (`amazon.titan-embed-text-v2:0`).
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 */
export const titanTextV2: EmbeddingFamily = {
  body: ({ texts: [inputText], dimensions }) => ({ inputText, dimensions, normalize: true }),
  vectors: ({ embedding }) => oneRow(embedding),
  inputTokens: ({ inputTextTokenCount }) => count(inputTextTokenCount),
};
