import { toBedrockError } from "@clawrock/conversation";
import { capabilitiesOf, formatModelRef, parseModelRef } from "@clawrock/model-capabilities";
import type { EmbeddingIdentity, EmbeddingOptions, HostEmbeddingAdapter } from "../host-types.ts";
import { BEDROCK, EMBEDDINGS } from "../ids.ts";
import type { RunningHost } from "../running-host.ts";

const DEFAULT_MODEL = "amazon.titan-embed-text-v2:0";

/** Embeddings for memory search. */
export function embeddingAdapter({ logger }: Pick<RunningHost, "logger">): HostEmbeddingAdapter {
  return {
    id: EMBEDDINGS,
    defaultModel: DEFAULT_MODEL,
    transport: "remote",
    authProviderId: BEDROCK,
    normalizeModel: ({ model }) => normalized(model),
    resolveIndexIdentity: identity,
    async create(options) {
      const { embeddingProvider } = await import("./provider.ts");
      const { model, cacheKeyData } = identity(options);
      return { provider: embeddingProvider({ ...options, model }, logger), runtime: { id: EMBEDDINGS, cacheKeyData } };
    },
    formatSetupError: (error) => toBedrockError(error).message,
  };
}

/** The id without a provider in front; the default one for none. */
function normalized(model: string): string {
  if (model.trim() === "") return DEFAULT_MODEL;
  const ref = parseModelRef(model);
  return ref.kind === "unknown" ? model.trim() : formatModelRef(ref);
}

/** What decides whether stored vectors can be compared with new ones. */
function identity({ model: written, dimensions }: EmbeddingOptions): EmbeddingIdentity {
  const model = normalized(written);
  const { embedding } = capabilitiesOf(parseModelRef(model));
  return {
    model,
    cacheKeyData: { provider: EMBEDDINGS, model, dimensions: dimensions ?? embedding?.value.dimensions[0] ?? null },
  };
}
