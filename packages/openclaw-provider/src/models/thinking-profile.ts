import type { EffortLevel, ModelCapabilities } from "@clawrock/model-capabilities";
import type { HostThinkingLevel, ThinkingProfile } from "../host-types.ts";

/** Levels of a model that takes a token budget; bedrock-converse turns each into tokens. */
const BUDGET_LEVELS: readonly EffortLevel[] = ["minimal", "low", "medium", "high"];
/** The levels `/think` offers for a model, and the one it does when nothing is said. */
export function thinkingProfile({ reasoning }: ModelCapabilities): ThinkingProfile {
  const { mode, levels, off, whenOmitted, defaultLevel = "high" } = reasoning.value;
  if (mode === "none") return { levels: [{ id: "off" }], defaultLevel: "off" };
  const efforts = levels ?? (mode === "budget" ? BUDGET_LEVELS : [defaultLevel]);
  const offered: HostThinkingLevel[] = off === "no" ? [...efforts] : ["off", ...efforts];
  return {
    levels: offered.map((id) => ({ id })),
    defaultLevel: whenOmitted === "off" && off !== "no" ? "off" : defaultLevel,
    preserveWhenCatalogReasoningFalse: true,
  };
}
