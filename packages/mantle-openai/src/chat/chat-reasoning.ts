import type { EffortLevel, Reasoning } from "@clawrock/model-capabilities";
import type { ChatCompletionCreateParams } from "openai/resources/chat/completions";

/** Effort levels in rising order. */
const LEVELS: readonly EffortLevel[] = ["minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * `reasoning_effort` of chat completions: the level asked for, or the nearest one the model takes. Models that take no
 * effort get no field, and what they do by default stays.
 */
export function chatReasoning(
  asked: EffortLevel | "off" | undefined,
  { request, levels, off }: Reasoning,
): Pick<ChatCompletionCreateParams, "reasoning_effort"> {
  if (asked === undefined) return {};
  if (request !== "reasoning-effort-flat" && request !== "reasoning-nested") return {};
  if (asked === "off") return off === "disabled" ? { reasoning_effort: "none" } : {};
  return { reasoning_effort: nearest(asked, levels ?? LEVELS) };
}

function nearest(asked: EffortLevel, levels: readonly EffortLevel[]): EffortLevel {
  const distance = (level: EffortLevel): number => Math.abs(LEVELS.indexOf(level) - LEVELS.indexOf(asked));
  return levels.reduce((best, level) => (distance(level) < distance(best) ? level : best), levels[0] ?? asked);
}
