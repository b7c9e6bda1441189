import type { AssistantMessage } from "@clawrock/conversation";
import { resultAsText } from "./pair-results.ts";
import { type Entry, note, type RepairContext, shown } from "./repair-context.ts";

/**
 * Earlier calls and results as text, for a request that offers no tools: Converse refuses tool blocks without a
 * `toolConfig`.
 */
export function toolsAsText(entries: readonly Entry[], context: RepairContext): Entry[] {
  return entries.map((entry) => {
    const { message, at } = entry;
    if (message.role === "user") return entry;
    if (message.role === "toolResult") {
      note(context, "tools-as-text", at, undefined, "a result, and the request offers no tools");
      const head = `[${message.isError ? "error" : "result"} of ${shown(message.toolName)}]`;
      return { at, message: resultAsText(message, head) };
    }
    if (!message.content.some(({ type }) => type === "toolCall")) return entry;
    const content = message.content.map((part, block): AssistantMessage["content"][number] => {
      if (part.type !== "toolCall") return part;
      note(context, "tools-as-text", at, block, "a call, and the request offers no tools");
      return { type: "text", text: `[called ${part.name} with ${JSON.stringify(part.arguments)}]` };
    });
    return { at, message: { ...message, content } };
  });
}
