import type { EffortLevel, Reasoning } from "@clawrock/model-capabilities";
import { nearestLevel } from "../turn/effort.ts";
import type { MantleTurn } from "../turn/turn.ts";
import type { WireMessage } from "./wire-block.ts";

export interface MessagesThinking {
  /** Whether the model will think. */
  readonly on: boolean;
  readonly field?: object;
  /** For `output_config`. */
  readonly effort?: EffortLevel;
}

/** Tokens to think with where the model takes a budget and the caller names none. */
const BUDGETS: Readonly<Record<EffortLevel, number>> = {
  minimal: 1024,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_768,
  max: 65_536,
};
/** What is left for the answer itself. */
const ANSWER_RESERVE = 1024;

/**
 * `thinking` and effort of Anthropic's Messages.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
 */
export function messagesThinking(
  { thinking: asked, thinkingBudgets }: MantleTurn,
  reasoning: Reasoning,
  { messages, limit }: { readonly messages: readonly WireMessage[]; readonly limit: number },
): MessagesThinking {
  if (reasoning.mode === "none" || reasoning.request === undefined || asked === undefined) {
    return { on: reasoning.whenOmitted === "on" };
  }
  if (asked === "off") {
    if (reasoning.off === "omit") return { on: false };
    if (reasoning.off === "disabled") return { on: false, field: { type: "disabled" } };
    const lowest = reasoning.levels?.[0];
    return lowest ? adaptive(lowest, reasoning) : { on: true };
  }
  if (reasoning.request === "anthropic-adaptive") return adaptive(nearestLevel(asked, reasoning), reasoning);
  const least = reasoning.minBudget ?? BUDGETS.minimal;
  const budget = Math.min(Math.max(least, thinkingBudgets?.[asked] ?? BUDGETS[asked]), limit - ANSWER_RESERVE);
  // A limit without room for the smallest budget, or a tool turn begun without thinking, which may not go on with it.
  if (budget < least || isInUnthoughtToolTurn(messages)) return { on: false };
  return { on: true, field: { type: "enabled", budget_tokens: budget } };
}

function adaptive(effort: EffortLevel, { textOnRequest }: Reasoning): MessagesThinking {
  return { on: true, field: { type: "adaptive", ...(textOnRequest && { display: "summarized" }) }, effort };
}

function isInUnthoughtToolTurn(messages: readonly WireMessage[]): boolean {
  const [before, last] = messages.slice(-2);
  if (!last?.content.some(({ type }) => type === "tool_result")) return false;
  const first = before?.content[0]?.type;
  return first !== "thinking" && first !== "redacted_thinking";
}
