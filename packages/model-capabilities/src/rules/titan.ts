import type { EmbeddingLimits, ModelName } from "../types.ts";
import { NO_REASONING } from "./open-weights.ts";
import { FEATURES, LISTED, userGuide } from "./sources.ts";
import { byRule, type FamilyRules, FULL_SAMPLING, limits, NO_TOOLS, notConversational, type Traits } from "./traits.ts";

/** Amazon Titan: text, images, embeddings. */
export const TITAN: FamilyRules = { family: "titan", holds: (name) => name.startsWith("titan-"), traits };

const V1: EmbeddingLimits = { request: "titan-text-v1", dimensions: [1536], maxInputTokens: 8192, maxBatch: 1 };
const V2: EmbeddingLimits = {
  request: "titan-text-v2",
  dimensions: [1024, 512, 256],
  maxInputTokens: 8192,
  maxBatch: 1,
};
const IMAGE: EmbeddingLimits = {
  request: "titan-image",
  dimensions: [1024, 384, 256],
  maxInputTokens: 256,
  maxBatch: 1,
};

function traits(model: ModelName): Traits {
  const { name, version } = model;
  const onDemand = byRule("titan is invoked on demand", { onDemand: true, byProfile: false }, LISTED);
  if (name.startsWith("titan-embed-image")) {
    return {
      ...embedding("titan multimodal embeddings", IMAGE, "model-parameters-titan-embed-mm"),
      invocation: onDemand,
    };
  }
  if (name.startsWith("titan-embed")) {
    const second = name.startsWith("titan-embed-text") && (version?.major ?? 2) >= 2;
    return {
      ...embedding(
        second ? "titan text embeddings v2" : "titan text embeddings v1",
        second ? V2 : V1,
        "model-parameters-titan-embed-text",
      ),
      invocation: onDemand,
    };
  }
  if (name.includes("image")) {
    return {
      ...notConversational("titan images do not converse"),
      input: byRule("titan image input", ["text", "image"], LISTED),
      output: byRule("titan image output", ["image"], LISTED),
      invocation: onDemand,
    };
  }
  return {
    ...sizes(name),
    input: byRule(
      "titan text reads text and documents",
      name.includes("premier") ? ["text"] : ["text", "document"],
      FEATURES,
    ),
    output: byRule("titan text writes text", ["text"], LISTED),
    reasoning: byRule("titan does not reason", NO_REASONING),
    sampling: byRule("titan takes temperature and topP", FULL_SAMPLING),
    tools: byRule("titan has no tools", NO_TOOLS, FEATURES),
    systemPrompt: byRule("titan refuses a system prompt", false, FEATURES),
    invocation: onDemand,
  };
}

function sizes(name: string): Traits {
  if (name.includes("premier")) return limits("titan text premier", 32_000, 3072);
  if (name.includes("lite")) return limits("titan text lite", 4000, 4096);
  return limits("titan text express", 8000, 8192);
}

function embedding(rule: string, value: EmbeddingLimits, page: string): Traits {
  const source = { url: userGuide(page) };
  return {
    ...notConversational("titan embeddings do not converse"),
    input: byRule(rule, value.request === "titan-image" ? ["text", "image"] : ["text"], source),
    output: byRule(rule, ["embedding"], source),
    contextWindow: byRule(rule, value.maxInputTokens, source),
    embedding: byRule(rule, value, source),
  };
}
