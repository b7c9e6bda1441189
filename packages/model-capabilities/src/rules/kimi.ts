import type { Known, ModelName, Reasoning } from "../types.ts";
import { ALWAYS_REASONING, NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { ASSUMED, LISTED, PYDANTIC, PYDANTIC_RECORDED, reported, STDAPI, TABLES } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, limits, SAMPLING_WITHOUT_STOP, type Traits } from "./traits.ts";
import { versionIn } from "./version.ts";

/** Moonshot's Kimi. */
export const KIMI: FamilyRules = { family: "kimi", holds: (name) => /^kimi(-|$)/.test(name), traits };

function traits(model: ModelName): Traits {
  const { name } = model;
  const version = versionIn(name, "kimi-k") ?? 200;
  const third = version >= 300;
  return {
    ...(third
      ? limits("kimi k3", 1_048_576, version === 300 ? 128_000 : 1_048_576, version > 301 ? ASSUMED : TABLES)
      : limits("kimi k2", 262_144, 16_384)),
    input: byRule("kimi from k2.5 on sees images", version >= 205 ? ["text", "image"] : ["text"], LISTED),
    output: byRule("kimi writes text", ["text"], LISTED),
    reasoning: reasoning(name, version),
    sampling: byRule("kimi takes temperature and topP", SAMPLING_WITHOUT_STOP, { assumed: true }),
    tools: byRule(
      "kimi tools",
      { ...AUTO_TOOLS, choice: ["auto", "any", "tool"], strict: true },
      third ? ASSUMED : PYDANTIC,
    ),
    systemPrompt: byRule("kimi takes a system prompt", true),
    turns: byRule("kimi may speak first", { leadingAssistant: true, prefill: false }, PYDANTIC),
    invocation: byRule("kimi k2 on demand, k3 by profile", { onDemand: !third, byProfile: third }, LISTED),
    ...(third ? {} : openWeightMantle("kimi")),
  };
}

function reasoning(name: string, version: number): Known<Reasoning> {
  if (name.includes("thinking")) return byRule("kimi k2 thinking always reasons", ALWAYS_REASONING, PYDANTIC_RECORDED);
  if (version >= 300) {
    return byRule(
      "kimi k3 reasons by effort",
      {
        mode: "effort",
        request: "reasoning-nested",
        levels: ["low", "medium", "high"],
        whenOmitted: "on",
        off: "disabled",
        signed: false,
        replay: "text",
      },
      version > 301 ? ASSUMED : STDAPI,
    );
  }
  if (version < 205) return byRule("kimi k2 does not reason", NO_REASONING, { assumed: true });
  return byRule(
    "kimi k2.5 reasons when asked",
    {
      mode: "effort",
      request: "reasoning-config-string",
      levels: ["high"],
      whenOmitted: "off",
      off: "omit",
      signed: false,
      replay: "text",
    },
    reported("danny-avila/LibreChat", 11974),
  );
}
