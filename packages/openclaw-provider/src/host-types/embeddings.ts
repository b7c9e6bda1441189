import type { HostConfig } from "./config.ts";

export interface EmbeddingOptions {
  config: HostConfig;
  model: string;
  dimensions?: number;
  remote?: { baseUrl?: string };
}

export interface EmbeddingCallOptions {
  signal?: AbortSignal;
  inputType?: "query" | "document" | "semantic" | "classification" | "clustering";
}

export type EmbeddingInput = string | { text: string };

export interface HostEmbeddingProvider {
  id: string;
  model: string;
  dimensions?: number;
  maxInputTokens?: number;
  embed: (input: EmbeddingInput, options?: EmbeddingCallOptions) => Promise<number[]>;
  embedBatch: (inputs: EmbeddingInput[], options?: EmbeddingCallOptions) => Promise<number[][]>;
}

export interface EmbeddingIdentity {
  model: string;
  cacheKeyData: Record<string, unknown>;
}

/** An embedding provider, as `api.registerEmbeddingProvider` takes it. */
export interface HostEmbeddingAdapter {
  id: string;
  defaultModel: string;
  transport: "remote";
  authProviderId: string;
  normalizeModel: (options: EmbeddingOptions) => string;
  resolveIndexIdentity: (options: EmbeddingOptions) => EmbeddingIdentity;
  create: (options: EmbeddingOptions) => Promise<{
    provider: HostEmbeddingProvider;
    runtime: { id: string; cacheKeyData: Record<string, unknown> };
  }>;
  formatSetupError: (error: unknown) => string;
}
