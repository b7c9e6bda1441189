import type { ContentBlock, Message as ConverseMessage } from "@aws-sdk/client-bedrock-runtime";
import { type AssistantTurn, type Turn, type UserTurn, wireCallIds } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { assistantBlocks, type BlockContext, resultBlock, userBlock } from "./content.ts";
import { DocumentNames } from "./media.ts";

/** A message of the request, with the number of its blocks that may be cached. */
export interface BuiltMessage {
  readonly message: ConverseMessage & { role: "user" | "assistant"; content: ContentBlock[] };
  readonly stableBlocks: number;
}

/**
 * Turns as Converse's messages: roles alternate, and the user has the first and the last word, as the service wants it.
 */
export function toMessages(turns: readonly Turn[], capabilities: ModelCapabilities): BuiltMessage[] {
  const context: BlockContext = { capabilities, documentNames: new DocumentNames() };
  const messages: BuiltMessage[] = [];
  let callIds: readonly string[] = [];
  for (const turn of turns) {
    if (turn.role === "assistant") {
      callIds = wireCallIds(turn.content.flatMap((part) => (part.type === "toolCall" ? [part.id] : [])));
      for (const built of assistantMessages(turn, callIds, context)) add(messages, built);
    } else add(messages, userMessage(turn, callIds, context));
  }
  if (messages[0]?.message.role !== "user") messages.unshift(plain("(The conversation begins here.)"));
  if (messages.at(-1)?.message.role !== "user") messages.push(plain("(Go on.)"));
  return messages;
}

/** A turn that came out empty leaves two of one role side by side: they become one. */
function add(messages: BuiltMessage[], built: BuiltMessage): void {
  const { role, content } = built.message;
  if (content.length === 0) return;
  const last = messages.at(-1);
  if (last?.message.role !== role) {
    messages.push(built);
    return;
  }
  const before = last.message.content.length;
  const stableBlocks = last.stableBlocks === before ? before + built.stableBlocks : last.stableBlocks;
  messages[messages.length - 1] = { message: { role, content: [...last.message.content, ...content] }, stableBlocks };
}

/** Models that want calls alone in their turn get the words before them as a turn of its own. */
function assistantMessages(turn: AssistantTurn, callIds: readonly string[], context: BlockContext): BuiltMessage[] {
  const content = assistantBlocks(turn.content, callIds, context);
  const calls = content.filter(({ toolUse }) => toolUse);
  const words = content.filter(({ toolUse }) => !toolUse);
  if (context.capabilities.tools.value.mixedResults || calls.length === 0 || words.length === 0) {
    return [assistant(content)];
  }
  return [assistant(words), plain("(Go on.)"), assistant(calls)];
}

function userMessage(turn: UserTurn, callIds: readonly string[], context: BlockContext): BuiltMessage {
  const results = turn.results.map((result, index) =>
    resultBlock(result, callIds[index] ?? result.toolCallId, context),
  );
  const blocks = [...results.map(({ block }) => block), ...results.flatMap(({ beside }) => beside)];
  const said = turn.content.map((part) => userBlock(part, context));
  const alone = results.length > 0 && !context.capabilities.tools.value.mixedResults;
  const content = alone ? foldedIntoResults(blocks, said) : withWords([...blocks, ...said]);
  return { message: { role: "user", content }, stableBlocks: alone ? results.length : blocks.length + turn.stable };
}

/** A document needs a text block beside it. */
function withWords(content: ContentBlock[]): ContentBlock[] {
  const bare = content.some(({ document }) => document) && !content.some(({ text }) => text !== undefined);
  return bare ? [...content, { text: "(See the attached document.)" }] : content;
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

function assistant(content: ContentBlock[]): BuiltMessage {
  return { message: { role: "assistant", content }, stableBlocks: content.length };
}

function plain(text: string): BuiltMessage {
  return { message: { role: "user", content: [{ text }] }, stableBlocks: 1 };
}
