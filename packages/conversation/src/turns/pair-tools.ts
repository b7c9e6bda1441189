import type { ToolCall, ToolResultMessage } from "../types.ts";
import type { AssistantTurn, Turn, UserTurn } from "./turns.ts";

/**
 * Gives every tool call exactly one result in the very next turn, in the order of the calls: Converse and chat
 * completions refuse anything else. A missing result is said to be missing, a second result for the same call and a result without its call become
 * text, so that what the tool said is not lost.
 */
export function pairTools(turns: readonly Turn[]): Turn[] {
  const paired: Turn[] = [];
  let calls: readonly ToolCall[] = [];
  for (const turn of turns) {
    if (turn.role === "user") {
      const answered = withResults(turn, calls);
      calls = [];
      // A turn of nothing but blank orphans is gone; the turns around it are one.
      if (answered.results.length > 0 || answered.content.length > 0) paired.push(answered);
      continue;
    }
    if (calls.length > 0) paired.push(withResults(EMPTY_USER_TURN, calls));
    const last = paired.at(-1);
    if (last?.role === "assistant")
      paired[paired.length - 1] = { role: "assistant", content: [...last.content, ...turn.content] };
    else paired.push(turn);
    calls = callsOf(turn);
  }
  if (calls.length > 0) paired.push(withResults(EMPTY_USER_TURN, calls));
  return paired;
}

const EMPTY_USER_TURN: UserTurn = { role: "user", results: [], content: [], stable: 0 };

function callsOf(turn: AssistantTurn): ToolCall[] {
  return turn.content.filter((part) => part.type === "toolCall");
}

function withResults(turn: UserTurn, calls: readonly ToolCall[]): UserTurn {
  const left = [...turn.results];
  const results = calls.map((call) => {
    const at = left.findIndex(({ toolCallId }) => toolCallId === call.id);
    return at < 0 ? missingResult(call) : (left.splice(at, 1)[0] ?? missingResult(call));
  });
  const orphans = left.flatMap(orphanText);
  return { ...turn, results, content: [...orphans, ...turn.content], stable: turn.stable + orphans.length };
}

function missingResult(call: ToolCall): ToolResultMessage {
  const content = [{ type: "text" as const, text: "No result was recorded for this call." }];
  return { role: "toolResult", toolCallId: call.id, toolName: call.name, content, isError: true, timestamp: 0 };
}

function orphanText(result: ToolResultMessage): UserTurn["content"] {
  const said = result.content.filter((part) => part.type !== "text" || part.text.trim() !== "");
  if (said.length === 0) return [];
  return [{ type: "text", text: `Result of tool ${result.toolName}:` }, ...said];
}
