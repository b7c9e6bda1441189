import type { EmbeddingFamily } from "./family.ts";
import { record, rows } from "./read-json.ts";

/**
 * Cohere Embed v3 (`cohere.embed-english-v3`, `cohere.embed-multilingual-v3`), up to 96 texts a call. The service refuses
 * more than 2,048 characters before it looks at `truncate`.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html
 */
export const cohereV3: EmbeddingFamily = {
  name: "Cohere Embed v3",
  truncates: true,
  maxCharacters: 2048,
  body: ({ texts, purpose, truncate }) => ({
    texts,
    input_type: purpose === "query" ? "search_query" : "search_document",
    truncate: truncate ? "END" : "NONE",
  }),
  vectors: ({ embeddings }) => rows(embeddings) ?? rows(record(embeddings)["float"]),
};
