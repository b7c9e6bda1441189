import type { ContentBlock, ConverseStreamCommandInput, Message } from "@aws-sdk/client-bedrock-runtime";
import type { BedrockError, RequestAdjustment } from "@clawrock/conversation";

type Payload = ConverseStreamCommandInput;
type Fields = Readonly<Record<string, unknown>>;

/** A request that the service may take, and what was changed for it. */
export interface Healed {
  readonly payload: Payload;
  readonly adjustment: RequestAdjustment;
}

/**
 * The request without what the service has just refused; undefined where nothing is known to help. Pure, and decided by the
 * service's words alone: it is for models whose rules nobody knew, so no capability record is asked.
 */
export function heal(payload: Payload, error: BedrockError): Healed | undefined {
  const said = error.service?.message;
  if (error.kind !== "invalid-request" || said === undefined) return undefined;
  for (const { kind, words, detail, change } of REMEDIES) {
    const changed = words.test(said) ? change(payload, said) : undefined;
    if (changed) return { payload: changed, adjustment: { kind, detail, reason: said } };
  }
  return undefined;
}

interface Remedy {
  readonly kind: RequestAdjustment["kind"];
  readonly words: RegExp;
  readonly detail: string;
  /** Undefined where the request does not hold what was refused. */
  change(payload: Payload, said: string): Payload | undefined;
}

/** Texts: https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html and answers of the service. */
const REMEDIES: readonly Remedy[] = [
  {
    kind: "thinking-shape",
    words: /thinking\.type\.enabled.{0,3} is not supported/iu,
    detail: "sent adaptive thinking instead of a budget, without temperature and topP",
    change: (payload) => adaptive(payload),
  },
  {
    kind: "thinking-shape",
    words: /adaptive.{0,40}(not supported|isn.t supported|does not match)|extraneous key \[(output_config|effort)\]/iu,
    detail: "sent a thinking budget instead of an effort",
    change: (payload) => budgeted(payload),
  },
  {
    kind: "thinking-shape",
    words: /extraneous key \[(thinking|reasoning_config|reasoningConfig|reasoning_effort|reasoning|anthropic_beta)\]/iu,
    detail: "left the thinking fields out",
    change: (payload) => withoutThinkingFields(payload),
  },
  {
    kind: "sampling",
    words: /`?temperature`? and `?top_p`? cannot both/iu,
    detail: "left topP out",
    change: (payload) =>
      payload.inferenceConfig?.temperature === undefined ? undefined : withoutSampling(payload, ["topP"]),
  },
  {
    kind: "sampling",
    words:
      /`?(temperature|top_?p)`? (is deprecated|may only be set to|is not supported|must be unset)|doesn.t support the (inferenceConfig\.)?(temperature|topP) field/iu,
    detail: "left temperature and topP out",
    change: (payload) => withoutSampling(payload, ["temperature", "topP"]),
  },
  {
    kind: "thinking-signature",
    words:
      /Invalid `?signature`? in `?thinking|thinking\.signature|`?redacted_thinking`? blocks? in the latest assistant message cannot be modified|Invalid .{0,20}redacted_thinking|cannot contain reasoning content/iu,
    detail: "left earlier thinking out of the transcript",
    change: (payload) => withoutThinking(payload),
  },
  {
    kind: "thinking-signature",
    words: /Expected `?thinking`? or `?redacted_thinking`?, but found/iu,
    detail: "left the thinking fields out, because an earlier turn of this tool loop holds no thinking",
    change: (payload) => withoutThinkingFields(payload),
  },
  {
    kind: "strict-tools",
    words: /Too many strict tools|compiled grammar is too large|strict.{0,60}(not supported|maximum)/iu,
    detail: "offered the tools without strict",
    change: (payload) => withoutStrict(payload),
  },
];

const BUDGETS: Readonly<Record<string, number>> = { low: 2048, medium: 8192, high: 16_384 };

function fieldsOf(payload: Payload): Fields {
  const fields: unknown = payload.additionalModelRequestFields;
  return typeof fields === "object" && fields !== null ? (fields as Fields) : {};
}

/** The request with other model fields; the key is gone where none is left. */
function withFields(payload: Payload, fields: Fields): Payload {
  const { additionalModelRequestFields: _, ...rest } = payload;
  return Object.keys(fields).length > 0 ? { ...rest, additionalModelRequestFields: fields as never } : rest;
}

function adaptive(payload: Payload): Payload | undefined {
  const { thinking, ...others } = fieldsOf(payload) as { thinking?: { type?: string; budget_tokens?: number } };
  if (thinking?.type !== "enabled") return undefined;
  const budget = thinking.budget_tokens ?? 0;
  const effort = budget >= 16_384 ? "high" : budget >= 8192 ? "medium" : "low";
  const { anthropic_beta: _, ...kept } = others as Record<string, unknown>;
  const changed = withFields(payload, { ...kept, thinking: { type: "adaptive" }, output_config: { effort } });
  return withoutSampling(changed, ["temperature", "topP"]) ?? changed;
}

function budgeted(payload: Payload): Payload | undefined {
  const {
    thinking,
    output_config: config,
    ...others
  } = fieldsOf(payload) as {
    thinking?: { type?: string };
    output_config?: { effort?: string };
  };
  if (thinking?.type !== "adaptive" && config === undefined) return undefined;
  const budget = BUDGETS[config?.effort ?? "high"] ?? 16_384;
  const most = payload.inferenceConfig?.maxTokens ?? budget + 4096;
  // A budget must stay below maxTokens, and the smallest is 1,024: where there is no room for it, no thinking.
  const tokens = Math.min(budget, most - 1024);
  if (tokens < 1024) return withFields(payload, others);
  const changed = withFields(payload, { ...others, thinking: { type: "enabled", budget_tokens: tokens } });
  const limited = { ...changed, inferenceConfig: { ...changed.inferenceConfig, maxTokens: most } };
  return withoutSampling(limited, ["temperature", "topP"]) ?? limited;
}

const THINKING_FIELDS = [
  "thinking",
  "output_config",
  "reasoning_config",
  "reasoningConfig",
  "reasoning_effort",
  "reasoning",
  "anthropic_beta",
];

function withoutThinkingFields(payload: Payload): Payload | undefined {
  const fields = fieldsOf(payload);
  const kept = Object.fromEntries(Object.entries(fields).filter(([name]) => !THINKING_FIELDS.includes(name)));
  return Object.keys(kept).length === Object.keys(fields).length ? undefined : withFields(payload, kept);
}

function withoutSampling(payload: Payload, names: readonly ("temperature" | "topP")[]): Payload | undefined {
  const { inferenceConfig, ...rest } = payload;
  if (!inferenceConfig || !names.some((name) => inferenceConfig[name] !== undefined)) return undefined;
  const kept = Object.fromEntries(Object.entries(inferenceConfig).filter(([name]) => !names.includes(name as never)));
  return Object.keys(kept).length > 0 ? { ...rest, inferenceConfig: kept } : rest;
}

/**
 * Without the reasoning of earlier turns. Inside a tool loop a thinking budget demands the reasoning that is now gone, so the
 * request does not ask for thinking there; adaptive thinking demands none.
 */
function withoutThinking(payload: Payload): Payload | undefined {
  const messages = payload.messages ?? [];
  if (!messages.some(({ content }) => content?.some(isReasoning))) return undefined;
  const changed = { ...payload, messages: messages.map(withoutReasoning) };
  const inToolLoop = messages.at(-1)?.content?.some(({ toolResult }) => toolResult) === true;
  const { thinking } = fieldsOf(payload) as { thinking?: { type?: string } };
  return inToolLoop && thinking?.type === "enabled" ? (withoutThinkingFields(changed) ?? changed) : changed;
}

function isReasoning({ reasoningContent }: ContentBlock): boolean {
  return reasoningContent !== undefined;
}

function withoutReasoning(message: Message): Message {
  const content = message.content?.filter((block) => !isReasoning(block)) ?? [];
  if (content.length === message.content?.length) return message;
  // A turn that was nothing but thinking must stay a turn, for the roles alternate.
  return { ...message, content: content.length > 0 ? content : [{ text: "(No answer.)" }] };
}

function withoutStrict(payload: Payload): Payload | undefined {
  const tools = payload.toolConfig?.tools;
  if (!tools?.some((tool) => tool.toolSpec && "strict" in tool.toolSpec)) return undefined;
  const loose = tools.map((tool) => {
    if (!tool.toolSpec) return tool;
    const { strict: _, ...toolSpec } = tool.toolSpec as typeof tool.toolSpec & { strict?: boolean };
    return { ...tool, toolSpec };
  });
  return { ...payload, toolConfig: { ...payload.toolConfig, tools: loose as never } };
}
