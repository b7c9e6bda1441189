import type { InputModality, ModelName } from "../types.ts";
import { NO_REASONING, openWeightMantle } from "./open-weights.ts";
import { LISTED, STDAPI } from "./sources.ts";
import { AUTO_TOOLS, byRule, type FamilyRules, FULL_SAMPLING, limits, NO_TOOLS, type Traits } from "./traits.ts";

/** Mistral's models: Mistral, Mixtral, Pixtral, Ministral, Magistral, Devstral, Voxtral. */
export const MISTRAL: FamilyRules = {
  family: "mistral",
  holds: (name) => /^(mistral|mixtral|pixtral|ministral|magistral|devstral|voxtral)(-|$)/.test(name),
  traits,
};

function traits(model: ModelName): Traits {
  const { name } = model;
  const early = /^(mixtral|mistral-7b)/.test(name);
  const large = /^mistral-(large|small)/.test(name);
  return {
    ...sizes(name),
    input: byRule("mistral input", modalities(name), LISTED),
    output: byRule("mistral writes text", ["text"], LISTED),
    reasoning: name.startsWith("magistral")
      ? byRule(
          "magistral reasons on its own",
          { mode: "always", whenOmitted: "on", off: "no", signed: false, replay: "text" },
          { assumed: true },
        )
      : byRule("mistral does not reason", NO_REASONING),
    sampling: byRule("mistral takes temperature and topP", FULL_SAMPLING, { assumed: true }),
    tools: early
      ? byRule("mixtral and mistral 7b have no tools", NO_TOOLS, STDAPI)
      : byRule(
          "mistral tools",
          {
            ...AUTO_TOOLS,
            choice: large ? ["auto", "any"] : ["auto"],
            strict: /^(magistral|ministral-3|mistral-large-3|voxtral)/.test(name),
            documentsInResults: name.startsWith("pixtral"),
            mixedResults: false,
          },
          { assumed: true },
        ),
    systemPrompt: byRule("mixtral and mistral 7b refuse a system prompt", !early, STDAPI),
    invocation: byRule(
      "pixtral by profile, the rest on demand",
      {
        onDemand: !name.startsWith("pixtral"),
        byProfile: name.startsWith("pixtral"),
      },
      LISTED,
    ),
    ...(servedByMantle(name) ? openWeightMantle("mistral") : {}),
  };
}

function modalities(name: string): readonly InputModality[] {
  return /^(pixtral|magistral|ministral-3|mistral-large-3)/.test(name) ? ["text", "image"] : ["text"];
}

function sizes(name: string): Traits {
  if (/^mistral-large-3|^devstral/.test(name)) return limits("mistral large 3 and devstral", 262_144, 8192);
  if (name.startsWith("magistral")) return limits("magistral", 128_000, 40_000);
  if (name.startsWith("ministral")) {
    return /-3b(-|$)/.test(name) ? limits("ministral 3b", 256_000, 8192) : limits("ministral", 128_000, 4096);
  }
  if (/^pixtral|^mistral-large-2407/.test(name)) return limits("mistral large of 2024 and pixtral", 128_000, 8192);
  if (name.startsWith("voxtral")) return limits("voxtral", 32_768, /-mini/.test(name) ? 4096 : 8192);
  if (name.startsWith("mistral-small")) return limits("mistral small 2402", 32_000, 8192);
  return limits("mistral up to large 2402", 32_000, 4096);
}

function servedByMantle(name: string): boolean {
  return /^(devstral|magistral|ministral-3|mistral-large-3|voxtral)/.test(name);
}
