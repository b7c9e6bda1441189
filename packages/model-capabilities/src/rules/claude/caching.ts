import type { Known, ModelName, PromptCaching } from "../../types.ts";
import { userGuide } from "../sources.ts";
import { byRule } from "../traits.ts";
import { type ClaudeGeneration, type ClaudeIdentity, NEWEST } from "./generation.ts";

const NONE: PromptCaching = { supported: false, fields: [], ttls: [], maxPoints: 0 };
const URL = userGuide("prompt-caching");

/** Which parts of a request a Claude model caches, from how many tokens on, and for how long. */
export function claudeCaching(
  generation: ClaudeGeneration,
  identity: ClaudeIdentity,
  model: ModelName,
): Known<PromptCaching> {
  const minTokens = leastTokens(generation, identity, model);
  if (minTokens === undefined)
    return byRule("claude before 3.5 Haiku and 3.5 Sonnet v2 caches nothing", NONE, { url: URL });
  const hourly = identity.version >= 405 && generation !== "unseen";
  return byRule(
    `claude ${generation} caches from ${minTokens} tokens on`,
    {
      supported: true,
      fields: ["system", "messages", "tools"],
      ttls: hourly ? ["5m", "1h"] : ["5m"],
      minTokens,
      maxPoints: 4,
    },
    isTold(generation, identity) ? { url: URL } : { assumed: true },
  );
}

/** The page lists no 5.5 model but Sonnet, and no Fable after 5.1. */
function isTold(generation: ClaudeGeneration, { line, version }: ClaudeIdentity): boolean {
  if (generation === "5.5") return line === "sonnet";
  return generation !== "haiku-5.5" && generation !== "unseen" && !(line === "fable" && version > 501);
}

function leastTokens(
  generation: ClaudeGeneration,
  { line, version }: ClaudeIdentity,
  model: ModelName,
): number | undefined {
  switch (generation) {
    case "legacy":
      return undefined;
    case "3":
      if (version !== 305) return undefined;
      if (line === "haiku") return 2048;
      return model.version?.major === 2 ? 1024 : undefined;
    case "3.7":
    case "4":
      return 1024;
    case "4.5":
      return version < 405 || line === "sonnet" ? 1024 : 4096;
    case "4.6":
      return line === "sonnet" ? 1024 : 4096;
    case "4.7":
      return version >= 408 ? 1024 : 4096;
    case "5":
      return line === "sonnet" ? 1024 : 512;
    case "fable":
      return version === NEWEST ? 4096 : 512;
    case "5.5":
    case "haiku-5.5":
    case "unseen":
      return 512;
  }
}
