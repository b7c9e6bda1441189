import type { ModelName } from "../types.ts";
import { ALWAYS_REASONING, NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { ASSUMED, LANGCHAIN, LISTED, PYDANTIC_RECORDED, reported, STDAPI, TABLES } from "./sources.ts";
import {
  AUTO_TOOLS,
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  limits,
  NO_TOOLS,
  SAMPLING_WITHOUT_STOP,
  type Traits,
} from "./traits.ts";
import { versionIn } from "./version.ts";

/** DeepSeek: R1 and V3 onwards. Listed names are `r1`, `v3`, `v3.1`; others write `deepseek-v3.1`. */
export const DEEPSEEK: FamilyRules = {
  family: "deepseek",
  holds: (name, vendor) =>
    /^deepseek-[rv][0-9.]+(-|$)/.test(name) || (vendor === "deepseek" && /^[rv][0-9.]+(-|$)/.test(name)),
  traits,
};

function traits(model: ModelName): Traits {
  const name = model.name.replace(/^deepseek-/, "");
  return name.startsWith("r") ? r1() : v3(name);
}

function r1(): Traits {
  return {
    ...limits("deepseek r1", 128_000, 8192),
    input: byRule("deepseek reads text", ["text"], LISTED),
    output: byRule("deepseek writes text", ["text"], LISTED),
    reasoning: byRule("deepseek r1 always reasons", ALWAYS_REASONING, PYDANTIC_RECORDED),
    sampling: byRule("deepseek r1 takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: byRule("deepseek r1 has no tools", NO_TOOLS, reported("langchain-ai/langchain-aws", 447)),
    systemPrompt: byRule("deepseek takes a system prompt", true),
    invocation: byRule("deepseek r1 is invoked by profile", { onDemand: false, byProfile: true }, LISTED),
  };
}

function v3(name: string): Traits {
  const version = versionIn(name, "v") ?? 0;
  const seen = version >= 300 && version <= 302;
  return {
    ...limits("deepseek v3", 163_840, 81_920, seen ? TABLES : ASSUMED),
    input: byRule("deepseek reads text", ["text"], LISTED),
    output: byRule("deepseek writes text", ["text"], LISTED),
    reasoning: seen
      ? byRule(
          "deepseek v3 reasons when asked",
          {
            mode: "effort",
            request: "reasoning-config-string",
            levels: ["low", "medium", "high"],
            whenOmitted: "off",
            off: "omit",
            signed: false,
            replay: "text",
          },
          STDAPI,
        )
      : byRule("an unseen deepseek is not asked to reason", NO_REASONING, { assumed: true }),
    sampling: byRule("deepseek v3 takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule(
      "deepseek v3 tools",
      {
        ...AUTO_TOOLS,
        choice: version > 300 ? ["auto", "any", "tool"] : ["auto", "any"],
      },
      seen ? LANGCHAIN : ASSUMED,
    ),
    systemPrompt: byRule("deepseek takes a system prompt", true),
    invocation: byRule("deepseek v3 is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    ...(version > 300 ? openWeightMantle("deepseek") : {}),
  };
}
