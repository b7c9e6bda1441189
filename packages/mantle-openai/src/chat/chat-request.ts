import type { ChatCompletionCreateParamsStreaming } from "openai/resources/chat/completions";
import { effortOf } from "../turn/effort.ts";
import type { RequestInit } from "../turn/family.ts";
import { maxTokensOf, samplingOf } from "../turn/sampling.ts";
import { chatMessages } from "./chat-messages.ts";
import { chatTools } from "./chat-tools.ts";

/**
 * A turn as the body of a streamed chat completion.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html
 */
export function chatRequest({ wireId, capabilities, turn }: RequestInit): ChatCompletionCreateParamsStreaming {
  const { system, messages, thinking, output } = turn;
  const reasoning = capabilities.reasoning.value;
  const effort = effortOf(thinking, reasoning);
  const thinks = effort === undefined ? reasoning.whenOmitted === "on" : effort !== "none";
  const { temperature, topP, stopSequences } = samplingOf(turn, capabilities, thinks);
  const maxTokens = maxTokensOf(turn, capabilities);
  return {
    model: wireId,
    messages: chatMessages({ system, messages, input: capabilities.input.value }),
    ...chatTools(turn),
    ...(effort && { reasoning_effort: effort }),
    ...(maxTokens !== undefined && { max_completion_tokens: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stopSequences && { stop: stopSequences }),
    ...(output && {
      response_format: {
        type: "json_schema",
        json_schema: {
          name: output.name ?? "answer",
          ...(output.description && { description: output.description }),
          schema: { ...output.schema },
          strict: true,
        },
      },
    }),
    stream: true,
    stream_options: { include_usage: true },
  };
}
