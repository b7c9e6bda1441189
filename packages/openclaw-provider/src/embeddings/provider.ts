import { createEmbedder } from "@clawrock/bedrock-embeddings";
import { providerSession } from "../aws/provider-session.ts";
import { settingsOf } from "../config/settings.ts";
import type { EmbeddingCallOptions, EmbeddingInput, EmbeddingOptions, HostEmbeddingProvider } from "../host-types.ts";
import { BEDROCK, EMBEDDINGS } from "../ids.ts";

/** The host's view of an embedder. @throws BedrockError of kind `invalid-config` for a model that does not embed. */
export function embeddingProvider({ config, model, dimensions, remote }: EmbeddingOptions): HostEmbeddingProvider {
  const { discovery } = settingsOf(config);
  const aws = providerSession({ config, provider: BEDROCK, baseUrl: remote?.baseUrl, region: discovery.region });
  const embedder = createEmbedder({ aws, model, dimensions });
  const embedBatch = async (inputs: EmbeddingInput[], options: EmbeddingCallOptions = {}): Promise<number[][]> => {
    const texts = inputs.map((input) => (typeof input === "string" ? input : input.text));
    const purpose = options.inputType === "query" ? "query" : "document";
    const vectors = await embedder.embed(texts, { purpose, signal: options.signal });
    return vectors.map((vector) => Array.from(vector));
  };
  return {
    id: EMBEDDINGS,
    model,
    dimensions: embedder.dimensions,
    maxInputTokens: embedder.maxInputTokens,
    async embed(input, options) {
      const [vector] = await embedBatch([input], options);
      return vector ?? [];
    },
    embedBatch,
  };
}
