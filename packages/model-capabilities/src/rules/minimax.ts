import type { ModelName } from "../types.ts";
import { ALWAYS_REASONING, NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { LISTED } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";

/** MiniMax. */
export const MINIMAX: FamilyRules = { family: "minimax", holds: (name) => /^minimax(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const second = name.startsWith("minimax-m2");
  return {
    ...sizes(name),
    input: byRule("minimax reads text", ["text"], LISTED),
    output: byRule("minimax writes text", ["text"], LISTED),
    reasoning: second
      ? byRule("minimax m2 reasons on its own", ALWAYS_REASONING, { assumed: true })
      : byRule("an unseen minimax is not asked to reason", NO_REASONING, { assumed: true }),
    sampling: byRule("minimax takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule("minimax tools", { ...AUTO_TOOLS, strict: name === "minimax-m2" }, { assumed: true }),
    systemPrompt: byRule("minimax takes a system prompt", true),
    invocation: byRule("minimax is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    ...openWeightMantle("minimax"),
  };
}

function sizes(name: string): Traits {
  if (/^minimax-m2$/.test(name)) return limits("minimax m2", 204_608, 128_000);
  if (/^minimax-m2[.-]1(-|$)/.test(name)) return limits("minimax m2.1", 196_608, 131_072);
  return name.startsWith("minimax-m2") ? limits("minimax m2.5", 196_608, 98_304) : {};
}
