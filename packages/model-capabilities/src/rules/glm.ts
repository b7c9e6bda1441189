import type { ModelName } from "../types.ts";
import { openWeightMantle } from "./open-weights.ts";
import { ASSUMED, BIFROST, LISTED, PYDANTIC, reported, TABLES } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";
import { versionIn } from "./version.ts";

/** Z.ai's GLM. */
export const GLM: FamilyRules = { family: "glm", holds: (name) => /^glm(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const version = versionIn(model.name, "glm-") ?? 500;
  const late = version >= 503;
  return {
    ...(late
      ? limits("glm 5.3", 1_000_000, 128_000, version > 503 ? ASSUMED : TABLES)
      : limits("glm up to 5", 202_752, 131_072)),
    input: byRule("glm reads text", ["text"], LISTED),
    output: byRule("glm writes text", ["text"], LISTED),
    reasoning: late
      ? byRule(
          "glm 5.3 reasons by effort",
          {
            mode: "effort",
            request: "reasoning-nested",
            levels: ["low", "medium", "high"],
            whenOmitted: "on",
            off: "no",
            signed: false,
            replay: "text",
          },
          { assumed: true },
        )
      : byRule(
          "glm 4.7 and 5 reason when asked",
          {
            mode: "effort",
            request: "reasoning-config-string",
            levels: ["high"],
            whenOmitted: "off",
            off: "omit",
            signed: false,
            replay: "text",
          },
          version < 407 ? ASSUMED : reported("anomalyco/opencode", 28264),
        ),
    sampling: byRule("glm refuses stop sequences", SAMPLING_WITHOUT_STOP, late || version < 407 ? ASSUMED : BIFROST),
    tools: byRule(
      "glm tools",
      { ...AUTO_TOOLS, choice: ["auto", "any", "tool"], strict: true },
      late ? ASSUMED : PYDANTIC,
    ),
    systemPrompt: byRule("glm takes a system prompt", true),
    turns: byRule("glm may speak first", { leadingAssistant: true, prefill: false }, PYDANTIC),
    invocation: byRule(
      "glm 4.7 and 5 on demand, 5.3 by profile; 4.6 on Mantle only",
      { onDemand: !late && version >= 407, byProfile: late },
      LISTED,
    ),
    ...(late ? {} : openWeightMantle("glm")),
  };
}
