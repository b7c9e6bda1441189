import type { MessageBuilder } from "@clawrock/conversation";
import type { ContentBlockDelta, ContentBlockStart } from "./converse-events.ts";

/**
 * Puts a contentBlockStart into the message. Only tool blocks have one: text and reasoning begin with their first delta.
 *
 * @param toolNames - the callers' names of tools by the names that went over the wire
 */
export function applyBlockStart(
  builder: MessageBuilder,
  { contentBlockIndex = 0, start }: ContentBlockStart,
  toolNames: ReadonlyMap<string, string>,
): void {
  const use = start?.toolUse;
  if (!use) return;
  const { toolUseId = "", name = "" } = use;
  if (use.type === "server_tool_use") builder.serverTool(contentBlockIndex, toolUseId, name);
  else builder.toolCall(contentBlockIndex, toolUseId, toolNames.get(name) ?? name);
}

export function applyBlockDelta(builder: MessageBuilder, { contentBlockIndex = 0, delta }: ContentBlockDelta): void {
  if (!delta) return;
  // The service's model knows no null, but JSON does: what is null is not there.
  if (typeof delta.text === "string") builder.text(contentBlockIndex, delta.text);
  else if (delta.toolUse) builder.toolInput(contentBlockIndex, delta.toolUse.input ?? "");
  else if (delta.reasoningContent) {
    const { text, signature, redactedContent } = delta.reasoningContent;
    if (typeof text === "string") builder.thinking(contentBlockIndex, text);
    if (typeof signature === "string") builder.thinkingSignature(contentBlockIndex, signature);
    if (redactedContent) builder.redactedThinking(contentBlockIndex, base64Of(redactedContent));
  }
}

function base64Of(data: string | Uint8Array): string {
  return typeof data === "string"
    ? data
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}
