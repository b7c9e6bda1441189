import type { EmbeddingFamily } from "./family.ts";
import { oneRow, record } from "./read-json.ts";

/**
 * The text side of Nova Multimodal Embeddings (`amazon.nova-2-multimodal-embeddings-v1:0`). A query searches among texts,
 * so it says TEXT_RETRIEVAL; GENERIC_RETRIEVAL would expect images and films among them.
 * https://docs.aws.amazon.com/nova/latest/userguide/embeddings-schema.html
 */
export const nova2Multimodal: EmbeddingFamily = {
  name: "Nova Multimodal Embeddings",
  truncates: true,
  body: ({ texts: [value], dimensions, purpose, truncate }) => ({
    taskType: "SINGLE_EMBEDDING",
    singleEmbeddingParams: {
      embeddingPurpose: purpose === "query" ? "TEXT_RETRIEVAL" : "GENERIC_INDEX",
      embeddingDimension: dimensions,
      text: { truncationMode: truncate ? "END" : "NONE", value },
    },
  }),
  vectors: ({ embeddings }) =>
    Array.isArray(embeddings) && embeddings.length === 1 ? oneRow(record(embeddings[0])["embedding"]) : undefined,
};
