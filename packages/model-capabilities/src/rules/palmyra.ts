import type { ModelName } from "../types.ts";
import { ALWAYS_REASONING, NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { LISTED, PYDANTIC } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, FULL_SAMPLING, limits, type Traits } from "./traits.ts";

/** Writer's Palmyra. */
export const PALMYRA: FamilyRules = { family: "palmyra", holds: (name) => /^palmyra(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const vision = name.includes("vision");
  return {
    ...sizes(name),
    input: byRule("palmyra vision sees images", vision ? ["text", "image"] : ["text"], LISTED),
    output: byRule("palmyra writes text", ["text"], LISTED),
    reasoning: vision
      ? byRule("palmyra vision does not reason", NO_REASONING, { assumed: true })
      : byRule("palmyra x reasons on its own", ALWAYS_REASONING, { assumed: true }),
    sampling: byRule("palmyra takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: byRule(
      "palmyra refuses status on tool results",
      {
        ...AUTO_TOOLS,
        mixedResults: false,
        resultStatus: false,
      },
      PYDANTIC,
    ),
    systemPrompt: byRule("palmyra takes a system prompt", true),
    invocation: byRule("palmyra x by profile, vision on demand", { onDemand: vision, byProfile: !vision }, LISTED),
    ...(vision ? openWeightMantle("palmyra vision") : {}),
  };
}

function sizes(name: string): Traits {
  if (name.startsWith("palmyra-x4")) return limits("palmyra x4", 122_880, 8192);
  return name.startsWith("palmyra-x5") ? limits("palmyra x5", 1_040_000, 8192) : {};
}
