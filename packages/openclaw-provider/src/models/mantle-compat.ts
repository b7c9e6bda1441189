import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { HostModelCompat } from "../host-types.ts";

/** What the host cannot know about Mantle's Chat Completions by looking at the address. */
export function mantleCompat({ reasoning }: ModelCapabilities): HostModelCompat {
  const { request, levels = [], off } = reasoning.value;
  const [least] = levels;
  const efforts = request === "reasoning-effort-flat" && least !== undefined;
  return {
    supportsStore: false,
    supportsDeveloperRole: false,
    supportsUsageInStreaming: true,
    supportsReasoningEffort: efforts,
    maxTokensField: "max_completion_tokens",
    ...(efforts && { supportedReasoningEfforts: [...levels] }),
    // "none" is refused by a model that cannot stop reasoning.
    ...(efforts && off === "no" && { reasoningEffortMap: { off: least, minimal: least } }),
  };
}
