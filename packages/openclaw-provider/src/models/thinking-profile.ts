import type { EffortLevel, ModelCapabilities } from "@clawrock/model-capabilities";
import type { HostThinkingLevel, ThinkingProfile } from "../host-types.ts";

/** Levels of a model that takes a token budget; bedrock-converse turns each into tokens. */
const BUDGET_LEVELS: readonly EffortLevel[] = ["minimal", "low", "medium", "high"];
/** What a model that thinks without being told is taken to do. */
const USUAL: readonly EffortLevel[] = ["high", "medium", "low"];

/** The levels `/think` offers for a model, and the one it does when nothing is said. */
export function thinkingProfile({ reasoning }: ModelCapabilities): ThinkingProfile {
  const { mode, levels, off, whenOmitted } = reasoning.value;
  if (mode === "none") return { levels: [{ id: "off" }], defaultLevel: "off" };
  const efforts = levels ?? (mode === "budget" ? BUDGET_LEVELS : USUAL.slice(0, 1));
  const offered: HostThinkingLevel[] = off === "no" ? [...efforts] : ["off", ...efforts];
  const usual = USUAL.find((level) => efforts.includes(level)) ?? efforts.at(-1) ?? "off";
  return {
    levels: offered.map((id) => ({ id })),
    defaultLevel: whenOmitted === "off" && off !== "no" ? "off" : usual,
    preserveWhenCatalogReasoningFalse: true,
  };
}
