import type { ModelName } from "../types.ts";
import { FEATURES, LISTED, reported, userGuide } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, FULL_SAMPLING, limits, NO_TOOLS, type Traits } from "./traits.ts";
import { versionIn } from "./version.ts";

/** Meta's Llama. */
export const LLAMA: FamilyRules = { family: "llama", holds: (name) => /^llama-?[0-9.]+(-|$)/.test(name), traits };

const TOOLS = reported("earendil-works/pi", 3739);

function traits(model: ModelName): Traits {
  const { name } = model;
  const generation = versionIn(name.replace(/^llama-/, "llama"), "llama") ?? 0;
  const vision = generation >= 400 || /-(11b|90b)(-|$)/.test(name);
  const tools = generation >= 301 && !/-(1b|3b)(-|$)/.test(name);
  return {
    ...sizes(name, generation),
    input: byRule("llama 4 and the larger 3.2 see images", vision ? ["text", "image"] : ["text"], LISTED),
    output: byRule("llama writes text", ["text"], LISTED),
    reasoning: byRule("llama does not reason", {
      mode: "none",
      whenOmitted: "off",
      off: "omit",
      signed: false,
      replay: "text",
    }),
    sampling: byRule("llama takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: tools
      ? byRule(
          "llama takes tools outside of streams only",
          {
            ...AUTO_TOOLS,
            streaming: false,
            imagesInResults: generation >= 400,
            documentsInResults: generation >= 400,
            mixedResults: false,
          },
          TOOLS,
        )
      : byRule("llama 3 and the small 3.2 have no tools", NO_TOOLS, TOOLS),
    latencyOptimized: byRule("llama 3.1 405b and 70b are latency-optimised", /^llama3-1-(405b|70b)/.test(name), {
      url: userGuide("latency-optimized-inference"),
    }),
    systemPrompt: byRule("llama takes a system prompt", true, FEATURES),
    invocation: byRule(
      "llama 3 to 3.3 on demand in some regions; 3.2 and 4 by profile",
      {
        onDemand: generation < 400 && generation !== 302,
        byProfile: generation > 300,
      },
      LISTED,
    ),
  };
}

function sizes(name: string, generation: number): Traits {
  if (generation < 300) return limits("llama 2", 4096, 2048);
  if (generation === 300) return limits("llama 3", 8192, 8192);
  if (generation < 400) return limits("llama 3.1 to 3.3", 128_000, 4096);
  return name.includes("scout") ? limits("llama 4 scout", 10_000_000, 8192) : limits("llama 4", 1_000_000, 8192);
}
