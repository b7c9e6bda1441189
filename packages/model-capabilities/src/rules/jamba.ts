import type { ModelName } from "../types.ts";
import { NO_REASONING } from "./open-weights.ts";
import { FEATURES, LISTED } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, FULL_SAMPLING, limits, NO_TOOLS, type Traits } from "./traits.ts";

/** AI21's Jamba, and the Jurassic 2 before it. */
export const JAMBA: FamilyRules = { family: "jamba", holds: (name) => /^(jamba|j2)(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const jurassic = model.name.startsWith("j2");
  return {
    ...sizes(model.name),
    input: byRule("jamba reads text and documents", jurassic ? ["text"] : ["text", "document"], FEATURES),
    output: byRule("jamba writes text", ["text"], LISTED),
    reasoning: byRule("jamba does not reason", NO_REASONING),
    sampling: byRule("jamba takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: jurassic ? byRule("jurassic has no tools", NO_TOOLS) : byRule("jamba tools", AUTO_TOOLS, { assumed: true }),
    systemPrompt: byRule("jamba takes a system prompt", !jurassic, FEATURES),
    invocation: byRule("jamba is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
  };
}

function sizes(name: string): Traits {
  if (name.startsWith("j2")) return limits("jurassic 2", 8191, 8191);
  return /^jamba(-instruct)?$/.test(name) ? limits("jamba instruct", 70_000, 4096) : limits("jamba 1.5", 256_000, 4096);
}
