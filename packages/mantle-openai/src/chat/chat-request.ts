import type { Message, Tool } from "@clawrock/conversation";
import type { EffortLevel, ModelCapabilities } from "@clawrock/model-capabilities";
import type { ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import { chatLimits } from "./chat-limits.ts";
import { chatMessages } from "./chat-messages.ts";
import { chatReasoning } from "./chat-reasoning.ts";
import { chatTools, type ToolChoice } from "./chat-tools.ts";

/** One turn to ask for. */
export interface ChatTurn {
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
  readonly tools?: readonly Tool[] | undefined;
  readonly toolChoice?: ToolChoice | undefined;
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  /** How hard to think; `off` for not at all. Absent: the model's default. */
  readonly reasoning?: EffortLevel | "off" | undefined;
}

/** A turn as the body of a streamed chat completion. */
export function chatRequest(
  model: string,
  turn: ChatTurn,
  capabilities: ModelCapabilities,
): ChatCompletionCreateParamsStreaming {
  const { system, messages, tools, toolChoice, maxTokens, temperature, reasoning } = turn;
  const effort = chatReasoning(reasoning, capabilities.reasoning.value);
  const reasons = effort.reasoning_effort !== undefined && effort.reasoning_effort !== "none";
  return {
    model,
    messages: chatMessages({ system, messages, input: capabilities.input.value }),
    ...chatTools(tools, toolChoice),
    ...effort,
    ...chatLimits({ maxTokens, temperature, reasons }, capabilities),
    stream: true,
    stream_options: { include_usage: true },
  };
}
