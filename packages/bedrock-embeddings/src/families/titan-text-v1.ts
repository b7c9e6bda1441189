import type { EmbeddingFamily } from "./family.ts";
import { count, oneRow } from "./read-json.ts";

/**
 * Titan Embeddings G1 (`amazon.titan-embed-text-v1`, `amazon.titan-embed-g1-text-02`). Takes nothing but the text.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 */
export const titanTextV1: EmbeddingFamily = {
  name: "Titan Text Embeddings G1",
  truncates: false,
  body: ({ texts: [inputText] }) => ({ inputText }),
  vectors: ({ embedding }) => oneRow(embedding),
  inputTokens: ({ inputTextTokenCount }) => count(inputTextTokenCount),
};
