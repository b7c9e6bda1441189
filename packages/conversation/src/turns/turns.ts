import type {
  AssistantMessage,
  CachePointContent,
  DocumentContent,
  ImageContent,
  JsonContent,
  Message,
  TextContent,
  ThinkingContent,
  ToolCall,
  ToolResultMessage,
  VideoContent,
} from "../types.ts";

/** What may stand on the user's side: said by the user or given back by a tool. */
export type UserContent = TextContent | ImageContent | DocumentContent | VideoContent | JsonContent | CachePointContent;
export type AssistantContent = TextContent | ThinkingContent | ToolCall;

/** What a user turn holds: results of the calls before it, then what the user said. */
export interface UserTurn {
  readonly role: "user";
  readonly results: readonly ToolResultMessage[];
  readonly content: readonly UserContent[];
  /** How many entries of `content` come before volatile context, which must not be cached. */
  readonly stable: number;
}

export interface AssistantTurn {
  readonly role: "assistant";
  readonly content: readonly AssistantContent[];
}

export type Turn = UserTurn | AssistantTurn;

/**
 * Messages as alternating turns, the way Converse wants them: neighbours of one role become one turn, tool results belong
 * to the user's turn, and what is blank is gone.
 *
 * @param ownModel - tells whether an assistant message was produced by the model that is asked now; reasoning of another
 * model is not shown to it as its own
 */
export function toTurns(messages: readonly Message[], ownModel: (message: AssistantMessage) => boolean): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const turn = toTurn(message, ownModel);
    const last = turns.at(-1);
    if (turn.role === "assistant") {
      if (turn.content.length === 0) continue;
      if (last?.role === "assistant")
        turns[turns.length - 1] = { role: "assistant", content: [...last.content, ...turn.content] };
      else turns.push(turn);
    } else if (turn.content.length > 0 || turn.results.length > 0) {
      if (last?.role === "user") turns[turns.length - 1] = joined(last, turn);
      else turns.push(turn);
    }
  }
  return turns;
}

function joined(before: UserTurn, after: UserTurn): UserTurn {
  const wholeIsStable = before.stable === before.content.length;
  return {
    role: "user",
    results: [...before.results, ...after.results],
    content: [...before.content, ...after.content],
    stable: wholeIsStable ? before.content.length + after.stable : before.stable,
  };
}

/** A lone surrogate, the rest of an emoji cut in half, is not valid in the JSON that is sent. */
function wellFormed<T extends { readonly type: string }>(part: T | TextContent): T | TextContent {
  if (part.type !== "text" || !("text" in part) || part.text.isWellFormed()) return part;
  return { ...part, text: part.text.toWellFormed() };
}

function toTurn(message: Message, ownModel: (message: AssistantMessage) => boolean): Turn {
  switch (message.role) {
    case "assistant":
      return { role: "assistant", content: assistantContent(message, ownModel(message)) };
    case "toolResult":
      return {
        role: "user",
        results: [{ ...message, content: message.content.map(wellFormed) }],
        content: [],
        stable: 0,
      };
    case "user": {
      const all: readonly UserContent[] =
        typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
      const content = all.filter((part) => part.type !== "text" || part.text.trim() !== "").map(wellFormed);
      return { role: "user", results: [], content, stable: message.runtimeContextCarrier ? 0 : content.length };
    }
  }
}

function assistantContent(message: AssistantMessage, own: boolean): AssistantContent[] {
  const content = (own ? message.content : message.content.map(withoutOpaque)).map(wellFormed);
  // Claude checks that a turn's reasoning stands where it stood: beside signed reasoning nothing is dropped but blanks
  // that Converse itself would refuse.
  return content.filter((part) => {
    if (part.type === "text") return part.text.trim() !== "";
    return part.type !== "thinking" || part.thinking.trim() !== "" || part.thinkingSignature !== undefined;
  });
}

/** Another model's reasoning keeps its words; its signature or encrypted payload means nothing to this one. */
function withoutOpaque(part: AssistantContent): AssistantContent {
  if (part.type !== "thinking") return part;
  return { type: "thinking", thinking: part.redacted ? "" : part.thinking };
}
