import type { ContentBlock } from "@aws-sdk/client-bedrock-runtime";
import type { Message } from "@clawrock/conversation";
import { assistantBlock, type BlockContext, resultBlock, serverToolBlocks, userBlock } from "./content.ts";

/** A message of the request, with the number of its blocks that may be cached. */
export interface BuiltMessage {
  readonly role: "user" | "assistant";
  readonly content: ContentBlock[];
  readonly stableBlocks: number;
}

interface Turn {
  readonly role: "user" | "assistant";
  readonly results: ContentBlock[];
  readonly content: ContentBlock[];
  /** Blocks of `content` before volatile context. */
  stable: number;
}

/**
 * A repaired conversation as Converse's messages: neighbours of one side are one message, in which the results of tools
 * come first. Nothing behind volatile context is stable, in later messages neither.
 */
export function toMessages(messages: readonly Message[], context: BlockContext): BuiltMessage[] {
  const turns: Turn[] = [];
  let volatile = false;
  for (const message of messages) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const known = turns.at(-1);
    const turn = known?.role === role ? known : startOf(turns, role);
    if (message.role === "toolResult") turn.results.push(resultBlock(message, context));
    else if (message.role === "assistant") {
      if (message.serverToolUses) turn.content.push(...serverToolBlocks(message, context));
      for (const part of message.content) turn.content.push(assistantBlock(part));
    } else {
      volatile ||= message.runtimeContextCarrier === true;
      if (typeof message.content === "string")
        turn.content.push(userBlock({ type: "text", text: message.content }, context));
      else for (const part of message.content) turn.content.push(userBlock(part, context));
    }
    if (!volatile) turn.stable = turn.content.length;
  }
  let reached = true;
  return turns.map(({ role, results, content, stable }) => {
    const stableBlocks = reached ? results.length + stable : 0;
    reached &&= stable === content.length;
    return { role, content: results.length > 0 ? [...results, ...content] : content, stableBlocks };
  });
}

function startOf(turns: Turn[], role: Turn["role"]): Turn {
  const turn: Turn = { role, results: [], content: [], stable: 0 };
  turns.push(turn);
  return turn;
}
