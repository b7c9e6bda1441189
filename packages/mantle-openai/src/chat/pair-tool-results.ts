import type { AssistantMessage, Message, ToolCall, ToolResultMessage, UserMessage } from "@clawrock/conversation";

/** A transcript in which every tool call has its result beside it. */
export type Turn =
  | { readonly role: "user"; readonly message: UserMessage }
  | {
      readonly role: "assistant";
      readonly message: AssistantMessage;
      /** One for each tool call of the message, in the order of the calls. */
      readonly results: readonly ToolResultMessage[];
    }
  /** A result whose call is not in the transcript. */
  | { readonly role: "orphan"; readonly message: ToolResultMessage };

/**
 * Puts the results of tool calls right behind the message that made them, in the order of the calls: chat completions
 * refuse a call without its result and a result without its call. Where a result is missing (the turn was aborted), one
 * that says so stands in.
 */
export function pairToolResults(messages: readonly Message[]): Turn[] {
  const paired = new Set<Message>();
  const turns: Turn[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "user") turns.push({ role: "user", message });
    else if (message.role === "assistant") {
      const calls = message.content.filter((content) => content.type === "toolCall");
      const answers = resultsUpToNextAnswer(messages, index + 1);
      const results = calls.map((call) => {
        const result = answers.find(({ toolCallId }) => toolCallId === call.id);
        if (result) paired.add(result);
        return result ?? missingResult(call, message.timestamp);
      });
      turns.push({ role: "assistant", message, results });
    } else if (!paired.has(message)) turns.push({ role: "orphan", message });
  }
  return turns;
}

/** Call ids repeat from answer to answer with some models, so results are looked for up to the next answer only. */
function resultsUpToNextAnswer(messages: readonly Message[], from: number): ToolResultMessage[] {
  const results: ToolResultMessage[] = [];
  for (let index = from; index < messages.length; index++) {
    const message = messages[index];
    if (message?.role === "assistant") break;
    if (message?.role === "toolResult") results.push(message);
  }
  return results;
}

function missingResult(call: ToolCall, timestamp: number): ToolResultMessage {
  const content = [{ type: "text" as const, text: "No result: this call was not run." }];
  return { role: "toolResult", toolCallId: call.id, toolName: call.name, content, isError: true, timestamp };
}
