import type { EmbeddingFamily } from "./family.ts";
import { count, oneRow } from "./read-json.ts";

/**
 * Titan Text Embeddings V2 (`amazon.titan-embed-text-v2:0`).
 * https://docs.aws.amazon.com/bedrock/latest/userguide/titan-embedding-models.html (50,000 characters)
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 */
export const titanTextV2: EmbeddingFamily = {
  name: "Titan Text Embeddings V2",
  truncates: false,
  maxCharacters: 50_000,
  body: ({ texts: [inputText], dimensions }) => ({ inputText, dimensions, normalize: true }),
  vectors: ({ embedding }) => oneRow(embedding),
  inputTokens: ({ inputTextTokenCount }) => count(inputTextTokenCount),
};
