import type { Turn } from "../engine/turn.ts";

/** What a guardrail assesses of a turn: the text of its messages, without tools and system prompt. */
export function turnTexts(turn: Turn): string[] {
  return turn.messages.flatMap((message) => message.parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])));
}
