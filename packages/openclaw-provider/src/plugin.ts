import { registerDoctor } from "./doctor/command.ts";
import { embeddingAdapter } from "./embeddings/adapter.ts";
import type { HostApi } from "./host-types.ts";
import { BEDROCK } from "./ids.ts";
import { bedrockProvider } from "./providers/bedrock.ts";
import { mantleProvider } from "./providers/mantle.ts";
import { runningHost } from "./running-host.ts";

export const id: string = BEDROCK;
export const name: string = "Amazon Bedrock";
export const description: string = "Amazon Bedrock models, Bedrock Mantle models and Bedrock embeddings for OpenClaw.";

/** Called by the host, several times in a process: it only says what there is. */
export function register(api: HostApi): void {
  const host = runningHost(api);
  api.registerProvider(bedrockProvider(host));
  api.registerProvider(mantleProvider(host));
  api.registerEmbeddingProvider(embeddingAdapter(host));
  registerDoctor(api, host);
}
