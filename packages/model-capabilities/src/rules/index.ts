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
export const FAMILIES: readonly FamilyRules[] = [
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
export function familyOf({ name, vendor }: ModelName): FamilyRules | undefined {
  return BY_INITIAL.get(name.charAt(0))?.find((family) => family.holds(name, vendor));
}

/** The families whose names begin with a letter, in the order of all: to ask all of them takes longer than the rest of a lookup. */
const BY_INITIAL: ReadonlyMap<string, readonly FamilyRules[]> = new Map([
  ["c", [CLAUDE, COHERE]],
  ["d", [MISTRAL, DEEPSEEK]],
  ["e", [COHERE]],
  ["g", [GLM, GPT_OSS, GPT, GROK, GEMMA]],
  ["j", [JAMBA]],
  ["k", [KIMI]],
  ["l", [LLAMA]],
  ["m", [MISTRAL, MINIMAX, TWELVELABS]],
  ["n", [NOVA, NEMOTRON]],
  ["p", [MISTRAL, PALMYRA, TWELVELABS]],
  ["q", [QWEN]],
  ["r", [DEEPSEEK, COHERE, LUMA]],
  ["s", [STABILITY]],
  ["t", [TITAN]],
  ["v", [MISTRAL, DEEPSEEK]],
]);
