import { embeddingAdapter } from "./embeddings/adapter.ts";
import type { HostApi } from "./host-types.ts";
import { BEDROCK } from "./ids.ts";
import { bedrockProvider } from "./providers/bedrock.ts";
import { mantleProvider } from "./providers/mantle.ts";

export const id: string = BEDROCK;
export const name: string = "Amazon Bedrock";
export const description: string = "Amazon Bedrock models, Bedrock Mantle models and Bedrock embeddings for OpenClaw.";

/** Called by the host, several times in a process: it only says what there is. */
export function register(api: HostApi): void {
  api.registerProvider(bedrockProvider(api.logger));
  api.registerProvider(mantleProvider(api.logger));
  api.registerEmbeddingProvider(embeddingAdapter);
}
