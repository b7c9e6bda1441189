import type { EmbeddingLimits, ModelName } from "../types.ts";
import { NO_REASONING } from "./open-weights.ts";
import {
  AUTO_TOOLS,
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  limits,
  NO_TOOLS,
  notConversational,
  type Traits,
  userGuide,
} from "./traits.ts";

/** Cohere: Command, Embed, Rerank. */
export const COHERE: FamilyRules = {
  family: "cohere",
  holds: (name, vendor) =>
    name.startsWith("command") || name.startsWith("rerank") || (vendor === "cohere" && name.startsWith("embed")),
  traits,
};

const V3: EmbeddingLimits = { request: "cohere-v3", dimensions: [1024], maxInputTokens: 512, maxBatch: 96 };
const V4: EmbeddingLimits = {
  request: "cohere-v4",
  dimensions: [1536, 1024, 512, 256],
  maxInputTokens: 128_000,
  maxBatch: 96,
};

function traits(model: ModelName): Traits {
  const { name } = model;
  if (name.startsWith("embed")) return embedding(model);
  if (name.startsWith("rerank")) {
    return {
      ...notConversational("rerankers do not converse"),
      input: byRule("rerankers read text", ["text"]),
      output: byRule("rerankers write scores", ["text"]),
      invocation: byRule("rerankers are invoked on demand", { onDemand: true, byProfile: false }),
    };
  }
  const r = name.startsWith("command-r");
  return {
    ...(r ? limits("command r", 128_000, 4096) : limits("command", 4096, 4096)),
    input: byRule("command reads text", ["text"]),
    output: byRule("command writes text", ["text"]),
    reasoning: byRule("command does not reason", NO_REASONING),
    sampling: byRule("command takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: r ? byRule("command r tools", AUTO_TOOLS, { assumed: true }) : byRule("command has no tools", NO_TOOLS),
    systemPrompt: byRule("command r takes a system prompt", r),
    invocation: byRule("command is invoked on demand", { onDemand: true, byProfile: false }),
  };
}

function embedding(model: ModelName): Traits {
  const third = model.version?.major === 3 || /^embed-(english|multilingual)/.test(model.name);
  const value = third ? V3 : V4;
  const rule = third ? "cohere embed v3" : "cohere embed v4";
  return {
    ...notConversational("embeddings do not converse"),
    input: byRule(rule, ["text", "image"]),
    output: byRule(rule, ["embedding"]),
    contextWindow: byRule(rule, value.maxInputTokens),
    embedding: byRule(rule, value, {
      url: userGuide(third ? "model-parameters-embed-v3" : "model-parameters-embed-v4"),
    }),
    invocation: byRule("embed v3 on demand, v4 by profile too", { onDemand: true, byProfile: !third }),
  };
}
