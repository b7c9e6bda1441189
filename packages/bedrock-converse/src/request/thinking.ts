import type { EffortLevel, ModelCapabilities, Reasoning } from "@clawrock/model-capabilities";
import type { ConverseRequest } from "../types.ts";
import type { BuiltMessage } from "./messages.ts";

/** What thinking adds to a request, and what it forbids beside it. */
export interface ThinkingFields {
  /** For `additionalModelRequestFields`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the model will think. */
  readonly on: boolean;
  /** Set where thinking needs a limit of its own or forbids one (`"unset"`). */
  readonly maxTokens?: number | "unset";
  /** Whether temperature and topP must be left out. */
  readonly noSampling: boolean;
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
/** What is left for the answer itself when a budget would take all of maxTokens. */
const ANSWER_RESERVE = 1024;
const ORDER: readonly EffortLevel[] = ["minimal", "low", "medium", "high", "xhigh", "max"];

/**
 * The request fields that make a model think as hard as asked, in its family's shape.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
 */
export function thinkingFields(
  request: ConverseRequest,
  capabilities: ModelCapabilities,
  messages: readonly BuiltMessage[],
): ThinkingFields {
  const reasoning = capabilities.reasoning.value;
  const { whileThinking } = capabilities.sampling.value;
  const { thinking } = request;
  if (reasoning.mode === "none") return NOT_THINKING;
  if (thinking === undefined || !reasoning.request) {
    const on = reasoning.whenOmitted === "on";
    return { fields: {}, on, noSampling: on && !whileThinking };
  }
  if (thinking === "off") {
    if (reasoning.off !== "no") return { fields: offFields(reasoning), on: false, noSampling: false };
    const lowest = reasoning.levels?.[0];
    return { fields: lowest ? onFields(reasoning, lowest) : {}, on: true, noSampling: !whileThinking };
  }
  if (reasoning.request === "anthropic-budget") {
    if (inUnthoughtToolTurn(messages)) return NOT_THINKING;
    return budget(request, thinking, reasoning, capabilities, whileThinking);
  }
  const level = nearestLevel(thinking, reasoning.levels);
  const bare = reasoning.bareLevels?.includes(level) === true;
  const fields = { fields: onFields(reasoning, level), on: true, noSampling: bare || !whileThinking };
  return bare ? { ...fields, maxTokens: "unset" } : fields;
}

const NOT_THINKING: ThinkingFields = { fields: {}, on: false, noSampling: false };

/**
 * Whether results are being given back to a call that was made without signed thinking, for example by another model.
 * With a thinking budget Claude refuses to go on with it.
 */
function inUnthoughtToolTurn(messages: readonly BuiltMessage[]): boolean {
  const [before, last] = messages.slice(-2);
  const givesResults = last?.message.content.some(({ toolResult }) => toolResult) === true;
  return givesResults && before?.message.content[0]?.reasoningContent === undefined;
}

/** The highest level the model takes that is not above the one asked for, else its lowest. */
export function nearestLevel(asked: EffortLevel, levels: readonly EffortLevel[] | undefined): EffortLevel {
  if (!levels || levels.includes(asked)) return asked;
  const below = levels.filter((level) => ORDER.indexOf(level) <= ORDER.indexOf(asked));
  return below.at(-1) ?? levels[0] ?? asked;
}

function offFields(reasoning: Reasoning): Record<string, unknown> {
  if (reasoning.off === "omit") return {};
  switch (reasoning.request) {
    case "nova-reasoning-config":
      return { reasoningConfig: { type: "disabled" } };
    case "reasoning-nested":
      return { reasoning: { effort: "none" } };
    case "anthropic-budget":
    case "anthropic-adaptive":
      return { thinking: { type: "disabled" } };
    default:
      return {};
  }
}

function onFields(reasoning: Reasoning, level: EffortLevel): Record<string, unknown> {
  switch (reasoning.request) {
    case "anthropic-adaptive": {
      const thinking = reasoning.textOnRequest ? { type: "adaptive", display: "summarized" } : { type: "adaptive" };
      return { thinking, output_config: { effort: level } };
    }
    case "nova-reasoning-config":
      return { reasoningConfig: { type: "enabled", maxReasoningEffort: level } };
    case "reasoning-effort-flat":
      return { reasoning_effort: level };
    case "reasoning-nested":
      return { reasoning: { effort: level } };
    case "reasoning-config-string":
      return { reasoning_config: level };
    default:
      return {};
  }
}

/** A budget must be below maxTokens; where the limit leaves no room for the smallest budget, the model does not think. */
function budget(
  request: ConverseRequest,
  level: EffortLevel,
  reasoning: Reasoning,
  capabilities: ModelCapabilities,
  whileThinking: boolean,
): ThinkingFields {
  const least = reasoning.minBudget ?? BUDGETS.minimal;
  const wanted = Math.max(least, request.thinkingBudgets?.[level] ?? BUDGETS[level]);
  const limit = Math.min(
    request.maxTokens ?? Number.POSITIVE_INFINITY,
    capabilities.maxOutputTokens?.value ?? Number.POSITIVE_INFINITY,
  );
  const tokens = Math.min(wanted, limit - ANSWER_RESERVE);
  if (tokens < least) return NOT_THINKING;
  const maxTokens = Number.isFinite(limit) ? limit : tokens + ANSWER_RESERVE * 4;
  const thinking = { type: "enabled", budget_tokens: tokens };
  const beta =
    reasoning.interleavedBeta && request.tools?.length ? { anthropic_beta: [reasoning.interleavedBeta] } : {};
  return { fields: { thinking, ...beta }, on: true, maxTokens, noSampling: !whileThinking };
}
