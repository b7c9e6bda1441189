import type { EmbeddingLimits, ModelName } from "../types.ts";
import { NO_REASONING } from "./open-weights.ts";
import { LISTED, userGuide } from "./sources.ts";
import {
  AUTO_TOOLS,
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  limits,
  NO_TOOLS,
  notConversational,
  type Traits,
} from "./traits.ts";

/** Cohere: Command, Embed, Rerank. */
export const COHERE: FamilyRules = {
  family: "cohere",
  holds: (name, vendor) => /^(command|rerank)(-|$)/.test(name) || (vendor === "cohere" && /^embed(-|$)/.test(name)),
  traits,
};

const V3: EmbeddingLimits = { request: "cohere-v3", dimensions: [1024], maxInputTokens: 512, maxBatch: 96 };
/**
 * AWS's page lists 256, 512, 1,024 and 1,536. OpenClaw's documentation lists 384 and 768 too: they come last, so that a
 * reader of it is not refused here and the service decides.
 */
const V4: EmbeddingLimits = {
  request: "cohere-v4",
  dimensions: [1536, 1024, 512, 256, 768, 384],
  maxInputTokens: 128_000,
  maxBatch: 96,
};

function traits(model: ModelName): Traits {
  const { name } = model;
  if (name.startsWith("embed")) return embedding(model);
  if (name.startsWith("rerank")) {
    return {
      ...notConversational("rerankers do not converse"),
      input: byRule("rerankers read text", ["text"], LISTED),
      output: byRule("rerankers write scores", ["text"], LISTED),
      invocation: byRule("rerankers are invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    };
  }
  const r = name.startsWith("command-r");
  return {
    ...(r ? limits("command r", 128_000, 4096) : limits("command", 4096, 4096)),
    input: byRule("command reads text", ["text"], LISTED),
    output: byRule("command writes text", ["text"], LISTED),
    reasoning: byRule("command does not reason", NO_REASONING),
    sampling: byRule("command takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: r ? byRule("command r tools", AUTO_TOOLS, { assumed: true }) : byRule("command has no tools", NO_TOOLS),
    systemPrompt: byRule("command r takes a system prompt", r),
    invocation: byRule("command is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
  };
}

function embedding(model: ModelName): Traits {
  const third = model.version?.major === 3 || /^embed-(english|multilingual)/.test(model.name);
  const value = third ? V3 : V4;
  const rule = third ? "cohere embed v3" : "cohere embed v4";
  const page = { url: userGuide(third ? "model-parameters-embed-v3" : "model-parameters-embed-v4") };
  return {
    ...notConversational("embeddings do not converse"),
    input: byRule(rule, ["text", "image"], page),
    output: byRule(rule, ["embedding"], page),
    contextWindow: byRule(rule, value.maxInputTokens, page),
    embedding: byRule(third ? rule : `${rule}; of its dimensions 768 and 384 are on OpenClaw's page only`, value, page),
    invocation: byRule("embed v3 on demand, v4 by profile too", { onDemand: true, byProfile: !third }, LISTED),
  };
}
