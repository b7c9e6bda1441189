import type { EffortLevel, ModelName } from "../types.ts";
import { ASSUMED, CONNECTOR, LISTED, reported, TABLES, userGuide } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, type Traits } from "./traits.ts";
import { versionIn } from "./version.ts";

/** OpenAI's GPT-5.4 and later. */
export const GPT: FamilyRules = { family: "gpt", holds: (name) => /^gpt-[0-9.]+(-|$)/.test(name), traits };

const LEVELS: readonly EffortLevel[] = ["low", "medium", "high", "xhigh", "max"];

function traits(model: ModelName): Traits {
  const version = versionIn(model.name, "gpt-") ?? 0;
  const converses = version >= 506;
  const astra = model.name.includes("astra");
  const seen = version <= 601;
  return {
    ...limits("gpt from 5.4 on", 1_050_000, 128_000, seen ? TABLES : ASSUMED),
    input: byRule("gpt sees images", ["text", "image"], LISTED),
    output: byRule("gpt writes text", ["text"], LISTED),
    reasoning: byRule(
      astra ? "gpt astra always reasons, by effort" : "gpt reasons by effort",
      {
        mode: "effort",
        request: "reasoning-nested",
        levels: converses ? LEVELS : LEVELS.slice(0, -1),
        whenOmitted: "on",
        off: astra ? "no" : "disabled",
        signed: false,
        replay: "drop",
      },
      reported("anomalyco/opencode", 48195),
    ),
    sampling: byRule(
      "gpt takes neither temperature nor topP nor stop sequences",
      { temperature: false, topP: false, both: false, stopSequences: false, whileThinking: false },
      CONNECTOR,
    ),
    tools: byRule("gpt tools", { ...AUTO_TOOLS, choice: ["auto", "any", "tool"] }, CONNECTOR),
    systemPrompt: byRule("gpt takes a system prompt", true),
    invocation: byRule(
      "gpt from 5.6 on by profile; before, on Mantle only",
      { onDemand: false, byProfile: converses },
      LISTED,
    ),
    mantle: byRule(
      "gpt answers at Mantle's /openai/v1; chat from 6 on",
      { path: "/openai/v1", apis: version >= 600 ? ["responses", "chat"] : ["responses"] },
      { url: userGuide("inference-responses-api") },
    ),
  };
}
