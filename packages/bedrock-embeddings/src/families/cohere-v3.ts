import type { EmbeddingFamily } from "./family.ts";
import { record, rows } from "./read-json.ts";

/** The service refuses a longer text before it looks at `truncate`. */
const MAX_CHARACTERS = 2048;

/**
 * Cohere Embed v3 (`cohere.embed-english-v3`, `cohere.embed-multilingual-v3`), up to 96 texts a call.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-embed-v3.html
 */
export const cohereV3: EmbeddingFamily = {
  body: ({ texts, purpose }) => ({
    texts: texts.map((text) => text.slice(0, MAX_CHARACTERS).toWellFormed()),
    input_type: purpose === "query" ? "search_query" : "search_document",
    truncate: "END",
  }),
  vectors: ({ embeddings }) => rows(embeddings) ?? rows(record(embeddings)["float"]),
};
