import type { EmbeddingFamily } from "./family.ts";
import { count, oneRow } from "./read-json.ts";

/**
 * The text side of Titan Multimodal Embeddings (`amazon.titan-embed-image-v1`).
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html
 */
export const titanImage: EmbeddingFamily = {
  name: "Titan Multimodal Embeddings G1",
  truncates: false,
  body: ({ texts: [inputText], dimensions }) => ({
    inputText,
    embeddingConfig: { outputEmbeddingLength: dimensions },
  }),
  vectors: ({ embedding }) => oneRow(embedding),
  inputTokens: ({ inputTextTokenCount }) => count(inputTextTokenCount),
};
