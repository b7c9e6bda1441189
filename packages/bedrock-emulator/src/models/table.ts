import type { BehaviourName } from "./behaviour.ts";

export type EmbeddingFamily =
  | "titan-v1"
  | "titan-v2"
  | "cohere-v3"
  | "cohere-v4"
  | "nova-2"
  | "titan-image"
  | "marengo-2.7"
  | "marengo-3";
export type InferenceType = "ON_DEMAND" | "INFERENCE_PROFILE" | "PROVISIONED";

/** A model as `ListFoundationModels` describes it, and how it behaves when called. */
export interface FoundationModel {
  readonly modelId: string;
  readonly modelName: string;
  readonly providerName: string;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  /** Some models are listed without saying. */
  readonly responseStreamingSupported?: boolean;
  readonly inferenceTypesSupported: readonly InferenceType[];
  readonly customizationsSupported?: readonly string[];
  readonly lifecycle?: "ACTIVE" | "LEGACY";
  readonly behaviour?: BehaviourName;
  readonly embedding?: EmbeddingFamily;
  /** Takes `performanceConfig.latency: optimized`. */
  readonly latencyOptimized?: true;
  /** Geographies of its system-defined inference profiles. */
  readonly profiles?: readonly ("us" | "eu" | "apac" | "global")[];
}

const text = ["TEXT"] as const;
const textImage = ["TEXT", "IMAGE"] as const;
const textImageVideo = ["TEXT", "IMAGE", "VIDEO"] as const;
const embedding = ["EMBEDDING"] as const;
const onDemand = ["ON_DEMAND"] as const;
const profileOnly = ["INFERENCE_PROFILE"] as const;
const both = ["ON_DEMAND", "INFERENCE_PROFILE"] as const;
const everywhere = ["us", "eu", "apac", "global"] as const;
const geographies = ["us", "eu", "apac"] as const;

function claude(modelId: string, modelName: string, behaviour: BehaviourName): FoundationModel {
  return {
    modelId,
    modelName,
    providerName: "Anthropic",
    inputModalities: textImage,
    outputModalities: text,
    responseStreamingSupported: true,
    inferenceTypesSupported: profileOnly,
    behaviour,
    profiles: everywhere,
  };
}

function open(
  modelId: string,
  modelName: string,
  providerName: string,
  behaviour: BehaviourName,
  more: Partial<FoundationModel> = {},
): FoundationModel {
  return {
    modelId,
    modelName,
    providerName,
    inputModalities: text,
    outputModalities: text,
    responseStreamingSupported: true,
    inferenceTypesSupported: onDemand,
    behaviour,
    ...more,
  };
}

function embedder(
  modelId: string,
  modelName: string,
  providerName: string,
  family: EmbeddingFamily,
  more: Partial<FoundationModel> = {},
): FoundationModel {
  return {
    modelId,
    modelName,
    providerName,
    inputModalities: text,
    outputModalities: embedding,
    responseStreamingSupported: false,
    inferenceTypesSupported: onDemand,
    embedding: family,
    ...more,
  };
}

const nova = { inputModalities: textImageVideo, inferenceTypesSupported: both, profiles: geographies } as const;

/** The emulator's models: a choice over families, lifecycles and ways to be invoked. */
export const foundationModels: readonly FoundationModel[] = [
  claude("anthropic.claude-opus-4-7", "Claude Opus 4.7", "claude47"),
  claude("anthropic.claude-sonnet-5", "Claude Sonnet 5", "claudeSonnet5"),
  claude("anthropic.claude-sonnet-4-6", "Claude Sonnet 4.6", "claude46"),
  claude("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", "claude45"),
  claude("anthropic.claude-haiku-4-5-20251001-v1:0", "Claude Haiku 4.5", "claudeHaiku45"),
  claude("anthropic.claude-sonnet-4-20250514-v1:0", "Claude Sonnet 4", "claude4"),
  {
    ...claude("anthropic.claude-3-7-sonnet-20250219-v1:0", "Claude 3.7 Sonnet", "claude37"),
    lifecycle: "LEGACY",
    profiles: geographies,
  },
  {
    ...claude("anthropic.claude-3-haiku-20240307-v1:0", "Claude 3 Haiku", "claude3"),
    inferenceTypesSupported: onDemand,
    profiles: geographies,
  },
  {
    ...claude("anthropic.claude-3-haiku-20240307-v1:0:200k", "Claude 3 Haiku", "claude3"),
    inferenceTypesSupported: ["PROVISIONED"],
    profiles: [],
  },
  open("amazon.nova-micro-v1:0", "Nova Micro", "Amazon", "novaMicro", {
    inferenceTypesSupported: both,
    profiles: geographies,
  }),
  open("amazon.nova-lite-v1:0", "Nova Lite", "Amazon", "nova", nova),
  open("amazon.nova-pro-v1:0", "Nova Pro", "Amazon", "nova", { ...nova, latencyOptimized: true }),
  open("amazon.nova-2-lite-v1:0", "Nova 2 Lite", "Amazon", "nova2Lite", {
    inputModalities: textImageVideo,
    inferenceTypesSupported: profileOnly,
    profiles: ["us", "eu", "global"],
  }),
  open("amazon.titan-text-express-v1", "Titan Text G1 - Express", "Amazon", "titanText", { lifecycle: "LEGACY" }),
  open("meta.llama3-3-70b-instruct-v1:0", "Llama 3.3 70B Instruct", "Meta", "llama33", {
    inferenceTypesSupported: profileOnly,
    profiles: ["us"],
  }),
  open("mistral.mistral-large-2402-v1:0", "Mistral Large (24.02)", "Mistral AI", "mistralLarge"),
  open("mistral.mistral-large-3-675b-instruct", "Mistral Large 3", "Mistral AI", "mistralLarge3", {
    inputModalities: textImage,
  }),
  open("deepseek.r1-v1:0", "DeepSeek-R1", "DeepSeek", "deepseekR1", {
    inferenceTypesSupported: profileOnly,
    profiles: ["us"],
  }),
  open("deepseek.v3.2", "DeepSeek V3.2", "DeepSeek", "deepseekV3"),
  open("qwen.qwen3-32b-v1:0", "Qwen3 32B (dense)", "Qwen", "qwen3"),
  open("openai.gpt-oss-120b-1:0", "gpt-oss-120b", "OpenAI", "gptOss"),
  open("openai.gpt-oss-20b-1:0", "gpt-oss-20b", "OpenAI", "gptOss"),
  open("cohere.rerank-v3-5:0", "Rerank 3.5", "Cohere", "plain", { responseStreamingSupported: false }),
  embedder("amazon.titan-embed-text-v1", "Titan Embeddings G1 - Text", "Amazon", "titan-v1"),
  embedder("amazon.titan-embed-text-v2:0", "Titan Text Embeddings V2", "Amazon", "titan-v2"),
  embedder("cohere.embed-english-v3", "Embed English", "Cohere", "cohere-v3"),
  embedder("cohere.embed-multilingual-v3", "Embed Multilingual", "Cohere", "cohere-v3"),
  embedder("cohere.embed-v4:0", "Embed v4", "Cohere", "cohere-v4", {
    inputModalities: textImage,
    inferenceTypesSupported: both,
    profiles: ["us", "eu", "global"],
  }),
  embedder("amazon.nova-2-multimodal-embeddings-v1:0", "Nova Multimodal Embeddings", "Amazon", "nova-2", {
    inputModalities: ["TEXT", "IMAGE", "AUDIO", "VIDEO"],
  }),
  embedder("amazon.titan-embed-image-v1", "Titan Multimodal Embeddings G1", "Amazon", "titan-image", {
    inputModalities: textImage,
  }),
  embedder("twelvelabs.marengo-embed-2-7-v1:0", "Marengo Embed v2.7", "TwelveLabs", "marengo-2.7", {
    inputModalities: textImageVideo,
    inferenceTypesSupported: profileOnly,
    profiles: ["us", "eu", "apac"],
    lifecycle: "LEGACY",
  }),
  embedder("twelvelabs.marengo-embed-3-0-v1:0", "Marengo Embed 3.0", "TwelveLabs", "marengo-3", {
    inputModalities: textImageVideo,
    inferenceTypesSupported: both,
    profiles: ["us", "eu", "apac"],
  }),
  {
    modelId: "amazon.titan-image-generator-v2:0",
    modelName: "Titan Image Generator G1 v2",
    providerName: "Amazon",
    inputModalities: textImage,
    outputModalities: ["IMAGE"],
    inferenceTypesSupported: ["PROVISIONED", "ON_DEMAND"],
    customizationsSupported: ["FINE_TUNING"],
  },
  {
    modelId: "amazon.nova-canvas-v1:0",
    modelName: "Nova Canvas",
    providerName: "Amazon",
    inputModalities: textImage,
    outputModalities: ["IMAGE"],
    responseStreamingSupported: false,
    inferenceTypesSupported: ["ON_DEMAND", "PROVISIONED"],
    customizationsSupported: ["FINE_TUNING"],
  },
];
