import { createEmbedder } from "@clawrock/bedrock-embeddings";
import { providerSession } from "../aws/provider-session.ts";
import { settingsOf } from "../config/settings.ts";
import type {
  EmbeddingCallOptions,
  EmbeddingInput,
  EmbeddingOptions,
  HostEmbeddingProvider,
  HostLogger,
} from "../host-types.ts";
import { BEDROCK, EMBEDDINGS } from "../ids.ts";

const said = new Set<string>();

/** The host's view of an embedder. @throws BedrockError of kind `invalid-config` for a model that does not embed. */
export function embeddingProvider(
  { config, model, dimensions, remote }: EmbeddingOptions,
  logger: HostLogger,
): HostEmbeddingProvider {
  const { discovery } = settingsOf(config);
  const aws = providerSession({ config, provider: BEDROCK, baseUrl: remote?.baseUrl, region: discovery.region });
  const embedder = createEmbedder({ aws, model, dimensions });
  const once = (line: string): void => {
    if (said.has(line)) return;
    said.add(line);
    logger.warn(line);
  };
  for (const warning of embedder.warnings) once(warning);
  const embedBatch = async (inputs: EmbeddingInput[], options: EmbeddingCallOptions = {}): Promise<number[][]> => {
    const texts = inputs.map((input) => (typeof input === "string" ? input : input.text));
    const purpose = options.inputType === "query" ? "query" : "document";
    // One blank passage must not keep a whole memory from being indexed; zeros are near to nothing.
    const { vectors, cut } = await embedder.embedWithUsage(texts, { purpose, signal: options.signal, blank: "zero" });
    if (cut.length > 0) {
      once(
        `${model} takes ${embedder.maxInputTokens} tokens a text: longer passages of the memory are embedded without their end`,
      );
    }
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
