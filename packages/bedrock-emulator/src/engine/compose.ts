import type { Turn, TurnMessage, TurnPart } from "./turn.ts";

/** The result of the call that the assistant made last, if the user's turn after it brings one. */
export function freshResults(turn: Turn): Extract<TurnPart, { kind: "toolResult" }>[] {
  const last = turn.messages.findLastIndex((message) => message.role === "assistant");
  if (!turn.messages[last]?.parts.some((part) => part.kind === "toolUse")) return [];
  return turn.messages
    .slice(last + 1)
    .flatMap((message) => message.parts)
    .filter((part) => part.kind === "toolResult");
}

/** The name of the tool that a result belongs to. */
function toolOf(turn: Turn, id: string): string {
  const call = turn.messages
    .flatMap((message) => message.parts)
    .findLast((part) => part.kind === "toolUse" && part.id === id);
  return call?.kind === "toolUse" ? call.name : "the tool";
}

/** The text of the user's last words: all user messages after the last assistant message. */
export function lastRequest(turn: Turn): string {
  const last = turn.messages.findLastIndex((message) => message.role === "assistant");
  return turn.messages
    .slice(last + 1)
    .map(textOf)
    .filter(Boolean)
    .join("\n");
}

function textOf(message: TurnMessage): string {
  return message.parts
    .flatMap((part) => (part.kind === "text" ? [part.text] : []))
    .join("\n")
    .trim();
}

/** The words of an answer to plain text. */
export function composeAnswer(turn: Turn, request: string): string {
  const exact = exactWords(request);
  if (exact !== undefined) return exact;
  const count = /\bcount (?:from \d+ )?(?:up )?to (\d{1,5})\b/i.exec(request);
  if (count) return Array.from({ length: Number(count[1]) }, (_, index) => index + 1).join(", ");
  const length = /\bwrite (?:me )?(?:about )?(\d{1,5}) words\b/i.exec(request);
  if (length) return Array.from({ length: Number(length[1]) }, (_, index) => loremWord(index)).join(" ");
  return [mediaLine(turn), memoryLine(turn), `You said: ${shorten(request, 600) || "nothing"}`]
    .filter(Boolean)
    .join(" ");
}

/** `Reply with exactly: PONG`, `say "hello"`, `answer with only: yes`. */
function exactWords(request: string): string | undefined {
  const match = /\b(?:reply|respond|answer|say)\b([^\n]*)/iu.exec(request)?.[1];
  if (match === undefined) return undefined;
  const quoted = /["“]([^"”]+)["”]/u.exec(match)?.[1];
  if (quoted !== undefined) return quoted.trim();
  return /\b(?:exactly|only|with)(?: this| these words)?(?::\s*|\s+(?=\S+\s*$))(\S.*)$/iu.exec(match)?.[1]?.trim();
}

function mediaLine(turn: Turn): string {
  const media = turn.messages.at(-1)?.parts.filter((part) => part.kind === "media") ?? [];
  if (media.length === 0) return "";
  const seen = media.map((part) => `${article(part.media)} ${part.media} (${part.format}, ${part.bytes} bytes)`);
  return `I see ${seen.join(" and ")}.`;
}

function memoryLine(turn: Turn): string {
  const turns = turn.messages.filter((message) => message.role === "assistant").length;
  return turns > 0 ? `This is answer ${turns + 1} of our conversation.` : "";
}

/** The words of an answer that rests on tool results. */
export function composeFromResults(turn: Turn): string {
  const lines = freshResults(turn).map((result) => {
    const tool = toolOf(turn, result.id);
    const said = shorten(result.text.trim(), 600);
    if (result.failed) return `${tool} failed: ${said || "it gave no reason"}.`;
    return `${tool} says: ${said || "nothing"}`;
  });
  return lines.join("\n");
}

/** The words of the thinking before an answer. */
export function composeThinking(turn: Turn, plan: string): string {
  return `The request is "${shorten(lastRequest(turn).replace(/\s+/g, " "), 120)}". ${plan}`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}

const lorem = "stone river cloud lamp garden copper window morning signal harbor velvet meadow".split(" ");

function loremWord(index: number): string {
  return lorem[(index * 7 + Math.floor(index / lorem.length)) % lorem.length] ?? "stone";
}
