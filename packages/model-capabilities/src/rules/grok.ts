import type { ModelName } from "../types.ts";
import { ASSUMED, LISTED, reported, STDAPI, TABLES } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";
import { versionIn } from "./version.ts";

/** xAI's Grok. */
export const GROK: FamilyRules = { family: "grok", holds: (name) => /^grok(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const version = versionIn(model.name, "grok-") ?? 500;
  const late = version >= 406;
  return {
    ...(late
      ? limits("grok 4.6", 500_000, 500_000, version > 407 ? ASSUMED : TABLES)
      : limits("grok 4.3", 1_000_000, 131_072)),
    input: byRule("grok sees images", ["text", "image"], LISTED),
    output: byRule("grok writes text", ["text"], LISTED),
    reasoning: byRule(
      "grok reasons by effort",
      {
        mode: "effort",
        request: "reasoning-nested",
        levels: ["low", "medium", "high"],
        whenOmitted: "on",
        off: "disabled",
        signed: false,
        replay: "text",
      },
      late ? ASSUMED : reported("theopenco/llmgateway", 3125),
    ),
    sampling: byRule("grok takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule("grok tools", AUTO_TOOLS, { assumed: true }),
    systemPrompt: byRule("grok takes a system prompt", true),
    invocation: byRule("grok 4.6 on by profile; before, on Mantle only", { onDemand: false, byProfile: late }, LISTED),
    mantle: byRule("grok answers at Mantle's /openai/v1", { path: "/openai/v1", apis: ["chat", "responses"] }, STDAPI),
  };
}
