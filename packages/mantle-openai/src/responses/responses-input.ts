import {
  type AssistantTurn,
  pairTools,
  type ThinkingContent,
  type ToolResultMessage,
  toTurns,
  type UserContent,
  wireCallIds,
  wireToolName,
} from "@clawrock/conversation";
import type { InputModality, ModelCapabilities } from "@clawrock/model-capabilities";
import type { ResponseInputContent, ResponseInputItem } from "openai/resources/responses/responses";
import type { RequestInit } from "../turn/family.ts";
import { dataUrl, documentMediaType, sendable } from "../turn/media.ts";
import { isOwnMessage } from "../turn/own-message.ts";
import { parseReasoning } from "./reasoning-item.ts";

/** A conversation as the `input` of a response: messages, calls, results and the model's own reasoning, in order. */
export function responsesInput({ model, capabilities, turn }: RequestInit): ResponseInputItem[] {
  const own = isOwnMessage(model, "openai-responses");
  const items: ResponseInputItem[] = [];
  let callIds: readonly string[] = [];
  for (const one of pairTools(toTurns(turn.messages, own))) {
    if (one.role === "assistant") {
      callIds = wireCallIds(one.content.flatMap((part) => (part.type === "toolCall" ? part.id : [])));
      items.push(...assistantItems(one, callIds, capabilities));
      continue;
    }
    const input = capabilities.input.value;
    items.push(
      ...one.results.map((result, at) => resultItem(result, callIds[at] ?? wireToolName(result.toolCallId), input)),
    );
    const content = one.content.flatMap((part) => inputContent(part, input));
    if (content.length > 0) items.push({ role: "user", content: plainest(content) });
  }
  return items;
}

function assistantItems(
  { content }: AssistantTurn,
  callIds: readonly string[],
  capabilities: ModelCapabilities,
): ResponseInputItem[] {
  let call = 0;
  return content.flatMap((part): ResponseInputItem[] => {
    if (part.type === "text") return [{ role: "assistant", content: part.text }];
    if (part.type === "thinking") return reasoningItems(part, capabilities);
    const call_id = callIds[call++] ?? wireToolName(part.id);
    return [
      { type: "function_call", call_id, name: wireToolName(part.name), arguments: JSON.stringify(part.arguments) },
    ];
  });
}

/** The model's own encrypted reasoning as it was; of any other only the words, where the model takes words. */
function reasoningItems(
  { thinking, thinkingSignature }: ThinkingContent,
  { reasoning }: ModelCapabilities,
): ResponseInputItem[] {
  const item = parseReasoning(thinkingSignature);
  if (item) return [item];
  const said = reasoning.value.replay === "text" ? thinking : "";
  return said.trim() === "" ? [] : [{ role: "assistant", content: said }];
}

/** The API has no flag for a failed call. */
function resultItem(
  { content, isError }: ToolResultMessage,
  callId: string,
  input: readonly InputModality[],
): ResponseInputItem {
  const parts = content.flatMap((part) => inputContent(part, input));
  if (isError) parts.unshift({ type: "input_text", text: "Error:" });
  const plain = plainest(parts);
  const output = typeof plain === "string" ? plain || "(no output)" : plain;
  return { type: "function_call_output", call_id: callId, output };
}

function inputContent(content: UserContent, input: readonly InputModality[]): ResponseInputContent[] {
  const part = sendable(content, input);
  switch (part?.kind) {
    case undefined:
      return [];
    case "text":
      return [{ type: "input_text", text: part.text }];
    case "image":
      return [{ type: "input_image", image_url: dataUrl(part.mediaType, part.data), detail: "auto" }];
    case "document": {
      const { name, format, data, words } = part;
      if (words !== undefined) return [{ type: "input_text", text: `Document "${name}":\n${words}` }];
      const file_data = dataUrl(documentMediaType(format), data);
      return [{ type: "input_file", filename: `${name}.${format}`, file_data }];
    }
  }
}

/** The parts as one text if they are all text. */
function plainest(parts: readonly ResponseInputContent[]): string | ResponseInputContent[] {
  const texts = parts.flatMap((part) => (part.type === "input_text" ? part.text : []));
  return texts.length === parts.length ? texts.join("\n") : [...parts];
}
