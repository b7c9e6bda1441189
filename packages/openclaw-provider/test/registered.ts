import type { HostApi, HostConfig, HostEmbeddingAdapter, HostProvider } from "../src/host-types.ts";
import plugin from "../src/index.ts";

/** The plugin as a host sees it after `register`, with what it logged. */
export interface Registered {
  readonly bedrock: HostProvider;
  readonly mantle: HostProvider;
  readonly embeddings: HostEmbeddingAdapter;
  readonly logged: string[];
}

/** @param config what the host's config is by now */
export function registered(config?: () => HostConfig): Registered {
  const providers = new Map<string, HostProvider>();
  const adapters: HostEmbeddingAdapter[] = [];
  const logged: string[] = [];
  const api: HostApi = {
    logger: { info: (message) => logged.push(message), warn: (message) => logged.push(message) },
    runtime: {
      version: "2026.9.6",
      config: {
        current: () => {
          if (config) return config();
          throw new Error("this host has no config by itself");
        },
      },
      state: {
        resolveStateDir: () => {
          throw new Error("this host has no state");
        },
      },
    },
    registerCli: () => undefined,
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
