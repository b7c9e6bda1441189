import {
  type AssistantTurn,
  pairTools,
  type ThinkingContent,
  type ToolResultMessage,
  toTurns,
  type UserContent,
  type UserTurn,
  wireCallIds,
  wireToolName,
} from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { RequestInit } from "../turn/family.ts";
import { documentMediaType, type SendableDocument, sendable } from "../turn/media.ts";
import { isOwnMessage } from "../turn/own-message.ts";
import { cacheMark, marked, withLastMarks } from "./cache-control.ts";
import type { WireBlock, WireMessage } from "./wire-block.ts";

/** A conversation as the `messages` of Anthropic's API: roles alternate, the user has the first and the last word. */
export function messagesOf({ model, capabilities, turn }: RequestInit): WireMessage[] {
  const turns = pairTools(toTurns(turn.messages, isOwnMessage(model, "anthropic-messages")));
  const sent: WireMessage[] = [];
  let callIds: readonly string[] = [];
  let stable = 0;
  const caching = capabilities.promptCaching.value;
  const mark = cacheMark("messages", turn.cacheRetention, caching);
  for (const one of turns) {
    if (one.role === "assistant") {
      callIds = wireCallIds(one.content.flatMap((part) => (part.type === "toolCall" ? part.id : [])));
      add(sent, { role: "assistant", content: assistantBlocks(one, callIds, capabilities) });
    } else {
      const results = one.results.map((result, at) => resultBlock(result, callIds[at], capabilities));
      const said = userBlocks(one, capabilities, mark);
      stable = results.length + said.stable;
      add(sent, { role: "user", content: [...results, ...said.blocks] });
    }
  }
  if (sent[0]?.role !== "user") sent.unshift(plain("(The conversation begins here.)"));
  if (sent.at(-1)?.role !== "user") return [...sent, plain("(Go on.)")];
  const inSystem = turn.system?.trim() && cacheMark("system", turn.cacheRetention, caching) ? 1 : 0;
  return withLastMarks(withMark(sent, stable, mark), caching.maxPoints - inSystem);
}

/** A turn that came out empty leaves two of one role side by side: they become one. */
function add(sent: WireMessage[], { role, content }: WireMessage): void {
  if (content.length === 0) return;
  const last = sent.at(-1);
  if (last?.role === role) sent[sent.length - 1] = { role, content: [...last.content, ...content] };
  else sent.push({ role, content });
}

/** Marks the last stable block of the last message, where the caller has not marked one of its blocks. */
function withMark(sent: WireMessage[], stable: number, mark: object | undefined): WireMessage[] {
  const last = sent.at(-1);
  const at = stable - 1;
  if (!last?.content[at] || last.content.some((block) => block["cache_control"] !== undefined)) return sent;
  const content = last.content.map((block, index) => (index === at ? marked(block, mark) : block));
  return [...sent.slice(0, -1), { role: last.role, content }];
}

function assistantBlocks(
  { content }: AssistantTurn,
  callIds: readonly string[],
  capabilities: ModelCapabilities,
): WireBlock[] {
  let call = 0;
  return content.flatMap((part): WireBlock[] => {
    if (part.type === "text") return [{ type: "text", text: part.text }];
    if (part.type === "thinking") return thinkingBlocks(part, capabilities);
    const id = callIds[call++] ?? wireToolName(part.id);
    return [{ type: "tool_use", id, name: wireToolName(part.name), input: part.arguments }];
  });
}

/** Signed and redacted thinking goes back unchanged; of any other only the words. */
function thinkingBlocks(part: ThinkingContent, { reasoning }: ModelCapabilities): WireBlock[] {
  if (part.thinkingSignature && reasoning.value.replay === "signed") {
    if (part.redacted) return [{ type: "redacted_thinking", data: part.thinkingSignature }];
    return [{ type: "thinking", thinking: part.thinking, signature: part.thinkingSignature }];
  }
  const said = part.redacted || reasoning.value.replay === "drop" ? "" : part.thinking;
  return said.trim() === "" ? [] : [{ type: "text", text: said }];
}

/** Claude takes the result of a failed call as text only. */
function resultBlock(
  { toolCallId, content, isError }: ToolResultMessage,
  callId: string = wireToolName(toolCallId),
  capabilities: ModelCapabilities,
): WireBlock {
  const blocks = content.flatMap((part) =>
    isError && part.type === "image"
      ? [{ type: "text", text: "[An image is left out.]" }]
      : userBlock(part, capabilities),
  );
  return {
    type: "tool_result",
    tool_use_id: callId,
    content: blocks.length > 0 ? blocks : [{ type: "text", text: "(no output)" }],
    ...(isError && { is_error: true }),
  };
}

function userBlocks(
  { content, stable }: UserTurn,
  capabilities: ModelCapabilities,
  mark: object | undefined,
): { readonly blocks: WireBlock[]; readonly stable: number } {
  const blocks: WireBlock[] = [];
  let stableBlocks = 0;
  for (const [index, part] of content.entries()) {
    const before = blocks.at(-1);
    if (part.type === "cachePoint" && before) blocks[blocks.length - 1] = marked(before, mark);
    blocks.push(...userBlock(part, capabilities));
    if (index < stable) stableBlocks = blocks.length;
  }
  return { blocks, stable: stableBlocks };
}

/** https://platform.claude.com/docs/en/build-with-claude/pdf-support (text and PDF) */
function userBlock(content: UserContent, { input }: ModelCapabilities): WireBlock[] {
  const part = sendable(content, input.value);
  switch (part?.kind) {
    case undefined:
      return [];
    case "text":
      return [{ type: "text", text: part.text }];
    case "image":
      return [{ type: "image", source: { type: "base64", media_type: part.mediaType, data: part.data } }];
    case "document":
      return [documentBlock(part)];
  }
}

function documentBlock({ name: title, format, data, words, context, cited }: SendableDocument): WireBlock {
  if (words === undefined && format !== "pdf") {
    return { type: "text", text: `[The document "${title}" was left out: ${format} cannot be sent over Messages.]` };
  }
  const source =
    words === undefined
      ? { type: "base64", media_type: documentMediaType(format), data }
      : { type: "text", media_type: "text/plain", data: words };
  return {
    type: "document",
    source,
    title,
    ...(context && { context }),
    ...(cited && { citations: { enabled: true } }),
  };
}

function plain(text: string): WireMessage {
  return { role: "user", content: [{ type: "text", text }] };
}
