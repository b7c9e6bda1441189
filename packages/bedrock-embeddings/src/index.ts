export {
  createEmbedder,
  type Embedder,
  type EmbedderOptions,
  type Embeddings,
  type EmbeddingUsage,
  type EmbedOptions,
} from "./create-embedder.ts";
export type { EmbeddingPurpose } from "./families/family.ts";
