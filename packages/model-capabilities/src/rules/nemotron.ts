import type { ModelName } from "../types.ts";
import { ALWAYS_REASONING, NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { LISTED } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";

/** NVIDIA's Nemotron. */
export const NEMOTRON: FamilyRules = { family: "nemotron", holds: (name) => /^nemotron(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const third = /-3-/.test(name);
  const nano = name.startsWith("nemotron-nano");
  return {
    ...(third ? limits("nemotron 3", 262_144, nano ? 8192 : 131_072) : limits("nemotron nano v2", 131_072, 8192)),
    input: byRule("nemotron nano 12b sees images", name.includes("-12b") ? ["text", "image"] : ["text"], LISTED),
    output: byRule("nemotron writes text", ["text"], LISTED),
    reasoning: third
      ? byRule("nemotron 3 reasons on its own", ALWAYS_REASONING, { assumed: true })
      : byRule("nemotron nano v2 is not asked to reason", NO_REASONING, { assumed: true }),
    sampling: byRule("nemotron takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule("nemotron tools", { ...AUTO_TOOLS, strict: nano }, { assumed: true }),
    systemPrompt: byRule("nemotron takes a system prompt", true),
    invocation: byRule("nemotron is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    ...openWeightMantle("nemotron"),
  };
}
