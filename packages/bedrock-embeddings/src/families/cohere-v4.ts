import type { EmbeddingFamily } from "./family.ts";
import { record, rows } from "./read-json.ts";

/**
 * Cohere Embed v4 (`cohere.embed-v4:0`), up to 96 texts a call.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v4.html
 */
export const cohereV4: EmbeddingFamily = {
  name: "Cohere Embed v4",
  truncates: true,
  body: ({ texts, purpose, dimensions, truncate }) => ({
    texts,
    input_type: purpose === "query" ? "search_query" : "search_document",
    truncate: truncate ? "END" : "NONE",
    embedding_types: ["float"],
    output_dimension: dimensions,
  }),
  vectors: ({ embeddings }) => rows(record(embeddings)["float"]) ?? rows(embeddings),
};
