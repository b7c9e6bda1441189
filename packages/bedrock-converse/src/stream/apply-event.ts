import type { Citation, MessageBuilder } from "@clawrock/conversation";
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

/** Puts a contentBlockDelta into the message. False where it holds nothing that is read here. */
export function applyBlockDelta(builder: MessageBuilder, { contentBlockIndex = 0, delta }: ContentBlockDelta): boolean {
  if (!delta) return false;
  // The service's model knows no null, but JSON does: what is null is not there.
  if (typeof delta.text === "string") builder.text(contentBlockIndex, delta.text);
  else if (delta.toolUse) builder.toolInput(contentBlockIndex, inputText(delta.toolUse.input));
  else if (delta.reasoningContent) {
    const { text, signature, redactedContent } = delta.reasoningContent;
    if (typeof text === "string") builder.thinking(contentBlockIndex, text);
    if (typeof signature === "string") builder.thinkingSignature(contentBlockIndex, signature);
    if (typeof redactedContent === "string" || redactedContent instanceof Uint8Array)
      builder.redactedThinking(contentBlockIndex, base64Of(redactedContent));
  } else if (typeof delta.citation === "object" && delta.citation !== null) {
    builder.citation(contentBlockIndex, delta.citation as Citation);
  } else return false;
  return true;
}

/** Input comes as pieces of JSON; what comes as a value instead is not to be lost, nor to become an empty input. */
function inputText(input: unknown): string {
  if (typeof input === "string") return input;
  return input === undefined || input === null ? "" : JSON.stringify(input);
}

function base64Of(data: string | Uint8Array): string {
  return typeof data === "string"
    ? data
    : Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}
