import type { Message } from "@clawrock/conversation";
import type { EffortLevel, ModelCapabilities, Reasoning } from "@clawrock/model-capabilities";
import type { ConverseRequest, ResolvedModel } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";

/** What thinking adds to a request, and what it forbids beside it. */
export interface ThinkingFields {
  /** For `additionalModelRequestFields`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the model will think. */
  readonly on: boolean;
  /** Whether the request must not limit the answer. */
  readonly noMaxTokens?: boolean;
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
  model: ResolvedModel,
  messages: readonly Message[],
  log: OptionLog,
): ThinkingFields {
  const { capabilities } = model;
  const reasoning = capabilities.reasoning.value;
  const { whileThinking } = capabilities.sampling.value;
  const { thinking } = request;
  if (thinking !== undefined && thinking !== "off" && !ORDER.includes(thinking)) {
    throw invalidOption(`thinking is ${JSON.stringify(thinking)}`, `Give "off" or one of ${ORDER.join(", ")}`);
  }
  if (reasoning.mode === "none" || !reasoning.request) {
    const on = reasoning.whenOmitted === "on";
    if (thinking !== undefined && (thinking === "off") === on) {
      log.leftOut("thinking", on ? "the model always thinks" : "the model does not think");
    }
    return { fields: {}, on, noSampling: on && !whileThinking };
  }
  if (thinking === undefined) {
    const on = reasoning.whenOmitted === "on";
    // Said in full, so that the thinking is shown; the caller's own fields are left as they are.
    const said =
      on && reasoning.textOnRequest && !ownThinking(request) && !forcesTool(request)
        ? reasoning.defaultLevel
        : undefined;
    return { fields: said ? onFields(reasoning, said, model) : {}, on, noSampling: on && !whileThinking };
  }
  if (thinking === "off") {
    if (reasoning.off !== "no") return { fields: offFields(reasoning), on: false, noSampling: false };
    const lowest = reasoning.levels?.[0];
    log.changed("thinking", `the model always thinks${lowest ? `; ${lowest} is the least` : ""}`);
    return { fields: lowest ? onFields(reasoning, lowest, model) : {}, on: true, noSampling: !whileThinking };
  }
  if (reasoning.request === "anthropic-budget") {
    if (inUnthoughtToolTurn(messages)) {
      log.leftOut("thinking", "the call whose result is given back was made without thinking");
      return NOT_THINKING;
    }
    return budget(request, thinking, reasoning, capabilities, whileThinking, log);
  }
  const level = nearestLevel(thinking, reasoning.levels);
  if (level !== thinking) log.changed("thinking", `the model's nearest effort is ${level}`);
  const bare = reasoning.bareLevels?.includes(level) === true;
  const fields = { fields: onFields(reasoning, level, model), on: true, noSampling: bare || !whileThinking };
  return bare ? { ...fields, noMaxTokens: true } : fields;
}

/** Whether thinking in so many words beside a forced tool is taken is not known of every model. */
function forcesTool({ toolChoice }: ConverseRequest): boolean {
  return toolChoice === "any" || typeof toolChoice === "object";
}

function ownThinking({ additionalModelRequestFields: fields }: ConverseRequest): boolean {
  return fields !== undefined && ("thinking" in fields || "output_config" in fields);
}

const NOT_THINKING: ThinkingFields = { fields: {}, on: false, noSampling: false };

/**
 * Whether results are being given back to a call that was made without signed thinking, for example by another model.
 * With a thinking budget Claude refuses to go on with it.
 */
function inUnthoughtToolTurn(messages: readonly Message[]): boolean {
  const answer = messages.findLastIndex(({ role }) => role === "assistant");
  const givesResults = messages.slice(answer + 1).some(({ role }) => role === "toolResult");
  if (answer < 0 || !givesResults) return false;
  let first = answer;
  while (messages[first - 1]?.role === "assistant") first--;
  const message = messages[first];
  return message?.role !== "assistant" || message.content[0]?.type !== "thinking";
}

/** The highest level the model takes that is not above the one asked for, else its lowest. */
function nearestLevel(asked: EffortLevel, levels: readonly EffortLevel[] | undefined): EffortLevel {
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

function onFields(reasoning: Reasoning, level: EffortLevel, model: ResolvedModel): Record<string, unknown> {
  switch (reasoning.request) {
    case "anthropic-adaptive": {
      const shown = reasoning.textOnRequest && !inGovCloud(model);
      const thinking = shown ? { type: "adaptive", display: "summarized" } : { type: "adaptive" };
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

/** There, `display` is refused. https://github.com/theopenco/llmgateway/issues/2593 */
function inGovCloud({ ref }: ResolvedModel): boolean {
  if (ref.kind === "unknown") return false;
  return ref.arn?.partition === "aws-us-gov" || (ref.kind === "inference-profile" && ref.geography === "us-gov");
}

/** A budget must be below maxTokens; where the limit leaves no room for the smallest budget, the model does not think. */
function budget(
  request: ConverseRequest,
  level: EffortLevel,
  reasoning: Reasoning,
  capabilities: ModelCapabilities,
  whileThinking: boolean,
  log: OptionLog,
): ThinkingFields {
  const least = reasoning.minBudget ?? BUDGETS.minimal;
  const asked = request.thinkingBudgets?.[level];
  if (asked !== undefined && !(Number.isInteger(asked) && asked > 0)) {
    throw invalidOption(`thinkingBudgets.${level} is ${JSON.stringify(asked)}`, "Give a whole number of tokens");
  }
  const wanted = Math.max(least, asked ?? BUDGETS[level]);
  const limit = Math.min(
    request.maxTokens ?? Number.POSITIVE_INFINITY,
    capabilities.maxOutputTokens?.value ?? Number.POSITIVE_INFINITY,
  );
  const tokens = Math.min(wanted, limit - ANSWER_RESERVE);
  if (tokens < least) {
    log.leftOut(
      "thinking",
      `maxTokens leaves no room for the least budget, ${least} tokens and ${ANSWER_RESERVE} for the answer`,
    );
    return NOT_THINKING;
  }
  const thinking = { type: "enabled", budget_tokens: tokens };
  const beta =
    reasoning.interleavedBeta && request.tools?.length ? { anthropic_beta: [reasoning.interleavedBeta] } : {};
  return { fields: { thinking, ...beta }, on: true, noSampling: !whileThinking };
}
