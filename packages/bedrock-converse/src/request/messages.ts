import type { ContentBlock, Message as ConverseMessage } from "@aws-sdk/client-bedrock-runtime";
import type { AssistantTurn, Turn, UserTurn } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { assistantBlock, resultBlock, userBlock } from "./content.ts";

/** A message of the request, with the number of its blocks that may be cached. */
export interface BuiltMessage {
  readonly message: ConverseMessage & { content: ContentBlock[] };
  readonly stableBlocks: number;
}

/** Turns as Converse's messages. The conversation begins with the user, as the service wants it. */
export function toMessages(turns: readonly Turn[], capabilities: ModelCapabilities): BuiltMessage[] {
  const messages = turns.flatMap((turn) => {
    const built = turn.role === "user" ? userMessage(turn, capabilities) : assistantMessage(turn.content, capabilities);
    return built.message.content.length > 0 ? [built] : [];
  });
  if (messages[0]?.message.role !== "user") messages.unshift(plainUserMessage("(The conversation begins here.)"));
  return messages;
}

function assistantMessage(parts: AssistantTurn["content"], capabilities: ModelCapabilities): BuiltMessage {
  const content = parts.flatMap((part) => assistantBlock(part, capabilities) ?? []);
  return { message: { role: "assistant", content }, stableBlocks: content.length };
}

function userMessage(turn: UserTurn, capabilities: ModelCapabilities): BuiltMessage {
  const results = turn.results.map((result) => resultBlock(result, capabilities));
  const blocks = [...results.map(({ block }) => block), ...results.flatMap(({ beside }) => beside)];
  const said = turn.content.map((part) => userBlock(part, capabilities));
  const alone = results.length > 0 && !capabilities.tools.value.mixedResults;
  const content = alone ? foldedIntoResults(blocks, said) : [...blocks, ...said];
  return { message: { role: "user", content }, stableBlocks: alone ? results.length : blocks.length + turn.stable };
}

/** Models that want results alone in their turn get the text beside them as part of the last result. */
function foldedIntoResults(blocks: readonly ContentBlock[], said: readonly ContentBlock[]): ContentBlock[] {
  const lastResult = blocks.findLastIndex(({ toolResult }) => toolResult);
  const beside = [...blocks.filter(({ toolResult }) => !toolResult), ...said];
  const words = beside.map(({ text }) => ({
    text: text ?? "(An attachment is left out: this model takes none beside a tool result.)",
  }));
  return blocks.flatMap((block, index) => {
    if (index !== lastResult || !block.toolResult) return block.toolResult ? [block] : [];
    return [{ toolResult: { ...block.toolResult, content: [...(block.toolResult.content ?? []), ...words] } }];
  });
}

function plainUserMessage(text: string): BuiltMessage {
  return { message: { role: "user", content: [{ text }] }, stableBlocks: 1 };
}
