import type { ModelName } from "../types.ts";
import { CLAUDE } from "./claude/index.ts";
import { COHERE } from "./cohere.ts";
import { DEEPSEEK } from "./deepseek.ts";
import { GEMMA } from "./gemma.ts";
import { GLM } from "./glm.ts";
import { GPT } from "./gpt.ts";
import { GPT_OSS } from "./gpt-oss.ts";
import { GROK } from "./grok.ts";
import { JAMBA } from "./jamba.ts";
import { KIMI } from "./kimi.ts";
import { LLAMA } from "./llama.ts";
import { LUMA, STABILITY } from "./media.ts";
import { MINIMAX } from "./minimax.ts";
import { MISTRAL } from "./mistral.ts";
import { NEMOTRON } from "./nemotron.ts";
import { NOVA } from "./nova.ts";
import { PALMYRA } from "./palmyra.ts";
import { QWEN } from "./qwen.ts";
import { TITAN } from "./titan.ts";
import type { FamilyRules } from "./traits.ts";
import { TWELVELABS } from "./twelvelabs.ts";

/** Every family, more particular names first (`gpt-oss` before `gpt`). */
const FAMILIES: readonly FamilyRules[] = [
  CLAUDE,
  NOVA,
  TITAN,
  LLAMA,
  MISTRAL,
  DEEPSEEK,
  QWEN,
  KIMI,
  GLM,
  GPT_OSS,
  GPT,
  GROK,
  GEMMA,
  MINIMAX,
  NEMOTRON,
  COHERE,
  JAMBA,
  PALMYRA,
  TWELVELABS,
  STABILITY,
  LUMA,
];

/**
 * The family that holds a model, by its name rather than its vendor: a vendor's new family does not inherit an old
 * one's rules, and Mantle's vendor-less ids need no vendor.
 */
export function familyOf(model: ModelName): FamilyRules | undefined {
  return FAMILIES.find((family) => family.holds(model.name, model.vendor));
}
