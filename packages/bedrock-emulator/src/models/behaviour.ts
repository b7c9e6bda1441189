import type { Caching, ModelBehaviour, Thinking } from "./behaviour-types.ts";

const allChoices = ["auto", "any", "tool"] as const;

const plain: ModelBehaviour = {
  vendor: "other",
  contextWindow: 128_000,
  maxOutput: 8_192,
  tools: "streamed",
  toolChoices: allChoices,
  samplers: "both",
  stopSequences: true,
  system: true,
  prefill: true,
  roleChecks: true,
  mixedToolTurns: true,
  images: false,
  documents: false,
  video: false,
  native: "chat",
};

const claude: ModelBehaviour = {
  ...plain,
  vendor: "anthropic",
  contextWindow: 200_000,
  maxOutput: 64_000,
  roleChecks: false,
  images: true,
  documents: true,
  native: "claude",
};

const nova: ModelBehaviour = {
  ...plain,
  vendor: "amazon",
  contextWindow: 300_000,
  maxOutput: 10_000,
  caching: { minimumTokens: 1_000, ttls: ["5m"], inTools: false },
  images: true,
  documents: true,
  video: true,
  native: "nova",
};

function claudeThinking(request: "budget" | "budget-or-adaptive" | "adaptive", byDefault = false): Thinking {
  return { request, signed: true, byDefault, replay: true };
}

function claudeCaching(minimumTokens: number): Caching {
  return { minimumTokens, ttls: ["5m", "1h"], inTools: true };
}

export type BehaviourName =
  | "claude3"
  | "claude35"
  | "claude37"
  | "claude4"
  | "claude45"
  | "claudeHaiku45"
  | "claude46"
  | "claude47"
  | "claudeSonnet5"
  | "novaMicro"
  | "nova"
  | "nova2Lite"
  | "llama33"
  | "mistralLarge"
  | "mistralLarge3"
  | "deepseekR1"
  | "deepseekV3"
  | "qwen3"
  | "gptOss"
  | "gpt5"
  | "kimiThinking"
  | "titanText"
  | "plain";

/** Behaviours by the name that a table row gives. */
export const behaviours: Readonly<Record<BehaviourName, ModelBehaviour>> = {
  claude3: { ...claude, maxOutput: 4_096, mixedToolTurns: false, maxMedia: 20 },
  claude35: { ...claude, maxOutput: 8_192, maxMedia: 20 },
  claude37: {
    ...claude,
    maxMedia: 20,
    thinking: claudeThinking("budget"),
    caching: { minimumTokens: 1_024, ttls: ["5m"], inTools: true },
  },
  claude4: {
    ...claude,
    thinking: claudeThinking("budget"),
    caching: { minimumTokens: 1_024, ttls: ["5m"], inTools: true },
  },
  claude45: {
    ...claude,
    samplers: "one",
    thinking: claudeThinking("budget"),
    caching: claudeCaching(1_024),
  },
  claudeHaiku45: {
    ...claude,
    samplers: "one",
    thinking: claudeThinking("budget"),
    caching: claudeCaching(4_096),
  },
  claude46: {
    ...claude,
    contextWindow: 1_000_000,
    maxOutput: 128_000,
    samplers: "one",
    prefill: false,
    thinking: claudeThinking("budget-or-adaptive"),
    caching: claudeCaching(1_024),
  },
  claude47: {
    ...claude,
    contextWindow: 1_000_000,
    maxOutput: 128_000,
    samplers: "none",
    prefill: false,
    thinking: claudeThinking("adaptive"),
    caching: claudeCaching(4_096),
  },
  claudeSonnet5: {
    ...claude,
    contextWindow: 1_000_000,
    maxOutput: 128_000,
    samplers: "none",
    prefill: false,
    thinking: claudeThinking("adaptive", true),
    caching: claudeCaching(1_024),
  },
  novaMicro: { ...nova, contextWindow: 128_000, images: false, documents: false, video: false },
  nova,
  nova2Lite: {
    ...nova,
    contextWindow: 1_000_000,
    maxOutput: 64_000,
    thinking: { request: "reasoning-config-object", signed: false, byDefault: false, replay: false },
  },
  llama33: {
    ...plain,
    vendor: "meta",
    native: "llama",
    maxOutput: 4_096,
    tools: "not-streamed",
    toolChoices: ["auto"],
    mixedToolTurns: false,
  },
  mistralLarge: { ...plain, vendor: "mistral", native: "mistral", contextWindow: 32_000, mixedToolTurns: false },
  mistralLarge3: { ...plain, vendor: "mistral", contextWindow: 262_144, maxOutput: 32_000, images: true },
  deepseekR1: {
    ...plain,
    vendor: "deepseek",
    native: "completion",
    tools: "none",
    thinking: { request: "always", signed: false, byDefault: true, replay: true },
  },
  deepseekV3: {
    ...plain,
    vendor: "deepseek",
    contextWindow: 163_840,
    maxOutput: 81_920,
    thinking: { request: "reasoning-config-word", signed: false, byDefault: false, replay: true },
  },
  qwen3: {
    ...plain,
    vendor: "qwen",
    contextWindow: 32_768,
    maxOutput: 16_384,
    stopSequences: false,
    roleChecks: false,
    thinking: { request: "reasoning-config-word", signed: false, byDefault: false, replay: true },
  },
  gptOss: {
    ...plain,
    vendor: "openai",
    contextWindow: 131_072,
    maxOutput: 16_384,
    stopSequences: false,
    thinking: { request: "effort", signed: false, byDefault: true, replay: true },
  },
  gpt5: {
    ...plain,
    vendor: "openai",
    contextWindow: 1_050_000,
    maxOutput: 128_000,
    samplers: "none",
    stopSequences: false,
    thinking: { request: "effort", signed: false, byDefault: true, replay: true },
  },
  kimiThinking: {
    ...plain,
    contextWindow: 262_144,
    maxOutput: 16_384,
    roleChecks: false,
    thinking: { request: "always", signed: false, byDefault: true, replay: true },
  },
  titanText: {
    ...plain,
    vendor: "amazon",
    native: "titan",
    contextWindow: 8_192,
    tools: "none",
    system: false,
    roleChecks: false,
    // https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html
    documents: true,
  },
  plain,
};
