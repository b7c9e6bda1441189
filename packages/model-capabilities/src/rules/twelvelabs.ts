import type { EmbeddingLimits, ModelName } from "../types.ts";
import { NO_REASONING } from "./open-weights.ts";
import { LISTED, userGuide } from "./sources.ts";
import { byRule, type FamilyRules, notConversational, type Traits } from "./traits.ts";

/** TwelveLabs: Marengo embeds, Pegasus describes video. */
export const TWELVELABS: FamilyRules = {
  family: "twelvelabs",
  holds: (name) => /^(marengo|pegasus)(-|$)/.test(name),
  traits,
};

const SECOND: EmbeddingLimits = { request: "marengo-2", dimensions: [1024], maxInputTokens: 77, maxBatch: 1 };
const THIRD: EmbeddingLimits = { request: "marengo-3", dimensions: [512], maxInputTokens: 500, maxBatch: 1 };

function traits(model: ModelName): Traits {
  const { name } = model;
  if (name.startsWith("pegasus")) {
    return {
      ...notConversational("pegasus is asked by InvokeModel"),
      input: byRule("pegasus reads text and video", ["text", "video"], LISTED),
      output: byRule("pegasus writes text", ["text"], LISTED),
      reasoning: byRule("pegasus does not reason", NO_REASONING),
      invocation: byRule("pegasus on demand or by profile", { onDemand: true, byProfile: true }, LISTED),
    };
  }
  const second = name.includes("-2-");
  const value = second ? SECOND : THIRD;
  const source = { url: userGuide(second ? "model-parameters-marengo" : "model-parameters-marengo-3") };
  const rule = second ? "marengo 2" : "marengo 3";
  return {
    ...notConversational("embeddings do not converse"),
    input: byRule(rule, ["text", "image", "video", "audio"], source),
    output: byRule(rule, ["embedding"], source),
    contextWindow: byRule(rule, value.maxInputTokens, source),
    embedding: byRule(rule, value, source),
    invocation: byRule("marengo 2 by profile; 3 on demand too", { onDemand: !second, byProfile: true }, LISTED),
  };
}
