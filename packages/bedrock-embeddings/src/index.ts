export { createEmbedder } from "./create-embedder.ts";
export { type DetectedCredentials, type DetectOptions, detectCredentials } from "./detect-credentials.ts";
export type {
  EmbeddedText,
  Embedder,
  EmbedderOptions,
  EmbeddingFailure,
  Embeddings,
  EmbeddingUsage,
  EmbedOptions,
  SettledEmbeddings,
} from "./embedder-types.ts";
export type { EmbeddingPurpose } from "./families/family.ts";
