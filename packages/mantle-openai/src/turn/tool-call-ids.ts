import { randomUUID } from "node:crypto";
import type { Message } from "@clawrock/conversation";

/** Gives a tool call of an answer an id that no other answer's call has. */
export type ToolCallIds = (id: string, responseId: string | undefined) => string;

/**
 * Mantle's models number their tool calls anew in each answer (`call_0`, `call_1`), so that ids repeat within a
 * conversation. Such an id, an empty one and one that the conversation already holds get the end of the response's id in
 * front. The letters are those that every API of Bedrock takes.
 */
export function toolCallIds(messages: readonly Message[]): ToolCallIds {
  const taken = new Set<string>();
  for (const message of messages) {
    if (message.role !== "assistant") continue;
    for (const content of message.content) if (content.type === "toolCall") taken.add(content.id);
  }
  return (id, responseId) => {
    const unique = needsPrefix(id) || taken.has(id) ? prefixed(id, responseId, taken) : id;
    taken.add(unique);
    return unique;
  };
}

function needsPrefix(id: string): boolean {
  return id === "" || /^(?:call[_-]?)?\d{1,4}$/iu.test(id);
}

function prefixed(id: string, responseId: string | undefined, taken: ReadonlySet<string>): string {
  const response = responseId?.replace(/[^a-z0-9]/giu, "").slice(-20);
  const call = id.replace(/[^a-z0-9_-]/giu, "").slice(-16) || "call";
  const candidate = `${response || unguessable()}_${call}`;
  return taken.has(candidate) ? `${unguessable()}_${call}` : candidate;
}

function unguessable(): string {
  return randomUUID().replaceAll("-", "").slice(0, 20);
}
