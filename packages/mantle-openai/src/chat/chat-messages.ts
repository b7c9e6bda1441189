import {
  type AssistantTurn,
  type Message,
  pairTools,
  type ToolResultMessage,
  toTurns,
  wireCallIds,
  wireToolName,
} from "@clawrock/conversation";
import type { InputModality } from "@clawrock/model-capabilities";
import type {
  ChatCompletionAssistantMessageParam,
  ChatCompletionMessageFunctionToolCall,
  ChatCompletionMessageParam,
  ChatCompletionToolMessageParam,
} from "openai/resources/chat/completions";
import { type ContentPart, contentParts, plainest } from "./content-parts.ts";

export interface ChatMessagesInit {
  readonly system?: string | undefined;
  readonly messages: readonly Message[];
  /** What the model takes. */
  readonly input: readonly InputModality[];
}

/**
 * A conversation as the `messages` of chat completions. Reasoning of earlier answers is not sent back: the API has no
 * field for it.
 */
export function chatMessages({ system, messages, input }: ChatMessagesInit): ChatCompletionMessageParam[] {
  const sent: ChatCompletionMessageParam[] = [];
  let user: ContentPart[] = [];
  /** Of the calls of the latest answer; their results come in the same order. */
  let callIds: readonly string[] = [];
  // Some models' templates refuse two user messages in a row.
  const endUser = (): void => {
    if (user.length > 0) sent.push({ role: "user", content: plainest(user) });
    user = [];
  };
  if (system?.trim()) sent.push({ role: "system", content: system.toWellFormed() });
  // Reasoning is not sent, so it does not matter which model it is from.
  for (const turn of pairTools(toTurns(messages, () => true))) {
    if (turn.role === "assistant") {
      callIds = wireCallIds(turn.content.flatMap((item) => (item.type === "toolCall" ? item.id : [])));
      const answer = assistantMessage(turn, callIds);
      if (!answer) continue;
      endUser();
      sent.push(answer);
    } else {
      sent.push(...turn.results.map((result, at) => toolMessage(result, callIds[at])));
      user.push(...turn.results.flatMap((result) => resultImages(result, input)), ...contentParts(turn.content, input));
    }
  }
  endUser();
  return sent;
}

function assistantMessage(
  { content }: AssistantTurn,
  callIds: readonly string[],
): ChatCompletionAssistantMessageParam | undefined {
  const text = content.flatMap((item) => (item.type === "text" ? item.text : [])).join("");
  const calls = content
    .filter((item) => item.type === "toolCall")
    .map(
      ({ id, name, arguments: input }, at): ChatCompletionMessageFunctionToolCall => ({
        id: callIds[at] ?? wireToolName(id),
        type: "function",
        function: { name: wireToolName(name), arguments: JSON.stringify(input) },
      }),
    );
  if (text.trim() === "" && calls.length === 0) return undefined;
  return {
    role: "assistant",
    ...(text.trim() !== "" && { content: text }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

function toolMessage(
  { toolCallId, content, isError }: ToolResultMessage,
  callId: string = wireToolName(toolCallId),
): ChatCompletionToolMessageParam {
  const parts = contentParts(
    content.filter(({ type }) => type !== "image"),
    [],
  );
  const text = parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n") || "(no output)";
  // The API has no flag for a failed call.
  return { role: "tool", tool_call_id: callId, content: isError ? `Error: ${text}` : text };
}

/** A tool message holds text only, so images of a result follow in a user message. */
function resultImages({ content, toolName }: ToolResultMessage, input: readonly InputModality[]): ContentPart[] {
  const images = contentParts(
    content.filter(({ type }) => type === "image"),
    input,
  );
  return images.length > 0 ? [{ type: "text", text: `Images from the tool "${toolName}":` }, ...images] : [];
}
