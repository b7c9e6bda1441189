import type { ModelName } from "../types.ts";
import { NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { BIFROST, LISTED, PYDANTIC, PYDANTIC_RECORDED } from "./sources.ts";
import {
  AUTO_TOOLS,
  byRule,
  type FamilyRules,
  FULL_SAMPLING,
  limits,
  SAMPLING_WITHOUT_STOP,
  type Traits,
} from "./traits.ts";

/** Alibaba's Qwen. */
export const QWEN: FamilyRules = { family: "qwen", holds: (name) => /^qwen[0-9.]*(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const hybrid = /^qwen3-32b/.test(name);
  return {
    ...sizes(name),
    input: byRule("qwen vl sees images", name.includes("-vl-") ? ["text", "image"] : ["text"], LISTED),
    output: byRule("qwen writes text", ["text"], LISTED),
    reasoning: hybrid
      ? byRule(
          "qwen3 32b reasons when asked",
          {
            mode: "effort",
            request: "reasoning-config-string",
            levels: ["low", "high"],
            whenOmitted: "off",
            off: "omit",
            signed: false,
            replay: "text",
          },
          PYDANTIC_RECORDED,
        )
      : byRule("qwen instruct, coder and vl do not reason", NO_REASONING, { assumed: true }),
    sampling: hybrid
      ? byRule("qwen3 32b refuses stop sequences", SAMPLING_WITHOUT_STOP, BIFROST)
      : byRule("qwen takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: byRule("qwen tools", { ...AUTO_TOOLS, strict: name.startsWith("qwen3") }, { assumed: true }),
    systemPrompt: byRule("qwen takes a system prompt", true),
    turns: byRule("qwen may speak first", { leadingAssistant: true, prefill: false }, PYDANTIC),
    invocation: byRule("qwen is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    ...openWeightMantle("qwen"),
  };
}

function sizes(name: string): Traits {
  if (/^qwen3-32b/.test(name)) return limits("qwen3 32b", 32_768, 16_384);
  if (/480b/.test(name)) return limits("qwen3 coder 480b", 131_072, 65_536);
  if (/coder-next/.test(name)) return limits("qwen3 coder next", 262_144, 65_536);
  if (/next|-vl-/.test(name)) return limits("qwen3 next and vl", 262_144, 262_000);
  if (name.startsWith("qwen3")) return limits("qwen3 235b and coder 30b", 262_144, 131_072);
  return {};
}
