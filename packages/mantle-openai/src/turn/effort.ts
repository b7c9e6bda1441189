import type { EffortLevel, Reasoning } from "@clawrock/model-capabilities";

/** Effort levels in rising order. */
const LEVELS: readonly EffortLevel[] = ["minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * The effort to send: the highest level of the model that is not above the one asked for, else its lowest; `none` switches
 * reasoning off. Undefined where nothing was asked or the model takes no effort: what it does by default stays.
 */
export function effortOf(
  asked: EffortLevel | "off" | undefined,
  reasoning: Reasoning,
): EffortLevel | "none" | undefined {
  const { request, off } = reasoning;
  if (asked === undefined || (request !== "reasoning-effort-flat" && request !== "reasoning-nested")) return undefined;
  if (asked !== "off") return nearestLevel(asked, reasoning);
  return off === "disabled" ? "none" : off === "no" ? reasoning.levels?.[0] : undefined;
}

export function nearestLevel(asked: EffortLevel, { levels = LEVELS }: Pick<Reasoning, "levels">): EffortLevel {
  const below = levels.filter((level) => LEVELS.indexOf(level) <= LEVELS.indexOf(asked));
  return below.at(-1) ?? levels[0] ?? asked;
}
