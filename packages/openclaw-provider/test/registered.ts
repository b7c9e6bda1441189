import type { HostApi, HostEmbeddingAdapter, HostProvider } from "../src/host-types.ts";
import plugin from "../src/index.ts";

/** The plugin as a host sees it after `register`, with what it logged. */
export interface Registered {
  readonly bedrock: HostProvider;
  readonly mantle: HostProvider;
  readonly embeddings: HostEmbeddingAdapter;
  readonly logged: string[];
}

export function registered(): Registered {
  const providers = new Map<string, HostProvider>();
  const adapters: HostEmbeddingAdapter[] = [];
  const logged: string[] = [];
  const api: HostApi = {
    logger: { info: (message) => logged.push(message), warn: (message) => logged.push(message) },
    registerProvider: (provider) => providers.set(provider.id, provider),
    registerEmbeddingProvider: (adapter) => adapters.push(adapter),
  };
  plugin.register(api);
  const bedrock = providers.get("amazon-bedrock");
  const mantle = providers.get("amazon-bedrock-mantle");
  const [embeddings] = adapters;
  if (!bedrock || !mantle || !embeddings) throw new Error("the plugin did not register everything");
  return { bedrock, mantle, embeddings, logged };
}
