import type { ModelName } from "../types.ts";
import { CONNECTOR, LISTED, PYDANTIC_RECORDED, STDAPI } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";

/** OpenAI's open-weight gpt-oss and gpt-oss-safeguard. */
export const GPT_OSS: FamilyRules = { family: "gpt-oss", holds: (name) => /^gpt-oss(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const safeguard = model.name.includes("safeguard");
  return {
    ...(safeguard ? limits("gpt-oss-safeguard", 128_000, 16_384) : limits("gpt-oss", 131_072, 16_384)),
    input: byRule("gpt-oss reads text", ["text"], LISTED),
    output: byRule("gpt-oss writes text", ["text"], LISTED),
    reasoning: byRule(
      "gpt-oss always reasons, by effort",
      {
        mode: "effort",
        request: "reasoning-effort-flat",
        levels: ["low", "medium", "high"],
        defaultLevel: "medium",
        whenOmitted: "on",
        off: "no",
        signed: false,
        replay: "text",
      },
      PYDANTIC_RECORDED,
    ),
    sampling: byRule("gpt-oss refuses stop sequences", SAMPLING_WITHOUT_STOP, CONNECTOR),
    tools: byRule("gpt-oss tools", { ...AUTO_TOOLS, choice: ["auto", "any", "tool"] }, CONNECTOR),
    systemPrompt: byRule("gpt-oss takes a system prompt", true),
    invocation: byRule("gpt-oss is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
    mantle: byRule(
      "gpt-oss answers at Mantle's /v1; safeguard by chat only",
      {
        path: "/v1",
        apis: safeguard ? ["chat"] : ["chat", "responses"],
      },
      STDAPI,
    ),
  };
}
