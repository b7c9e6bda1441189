import type { ModelName } from "../types.ts";
import { NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { LISTED, STDAPI } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";

/** Google's Gemma. */
export const GEMMA: FamilyRules = { family: "gemma", holds: (name) => /^gemma(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const third = name.startsWith("gemma-3");
  return {
    ...sizes(name, third),
    input: byRule("gemma sees images", ["text", "image"], LISTED),
    output: byRule("gemma writes text", ["text"], LISTED),
    reasoning: byRule("gemma is not asked to reason", NO_REASONING, { assumed: true }),
    sampling: byRule("gemma takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule("gemma tools", { ...AUTO_TOOLS, strict: /^gemma-3-(12b|27b)/.test(name) }, { assumed: true }),
    systemPrompt: byRule("gemma takes a system prompt", true),
    invocation: byRule("gemma 3 on demand; gemma 4 on Mantle only", { onDemand: third, byProfile: false }, LISTED),
    ...(third
      ? openWeightMantle("gemma 3")
      : {
          mantle: byRule(
            "gemma 4 answers at Mantle's /openai/v1",
            {
              path: "/openai/v1",
              apis: ["chat", "responses"],
            } as const,
            STDAPI,
          ),
        }),
  };
}

function sizes(name: string, third: boolean): Traits {
  if (third) return limits("gemma 3", 128_000, 8192);
  return /-e[0-9]b/.test(name) ? limits("gemma 4 e2b", 131_072, 8192) : limits("gemma 4", 262_144, 32_768);
}
