import type { CallAnswer } from "./apply-call.ts";
import { borderBesideMatches, borderWindows, REACH } from "./border-check.ts";
import { splitText } from "./split-text.ts";

export interface JudgedText {
  /** The text with what was masked, or as it was. */
  readonly text: string;
  /** The call that blocked it. */
  readonly blocked: CallAnswer | undefined;
  /** What is to be reported, in the order of the text. */
  readonly answers: readonly CallAnswer[];
}

export interface JudgeOptions {
  /** Characters (UTF-16 code units) of one call. */
  readonly maxCharacters: number;
  /** Whether what lies across the border of two pieces is looked at too. */
  readonly checkBorders: boolean;
  readonly judge: (text: string) => Promise<CallAnswer>;
}

/**
 * Judges a text of any length. A long one is judged in pieces; so that neither a phrase nor a name escapes by lying across a
 * border, the text around each border is judged first, and a border goes in front of what would be masked there.
 */
export async function judgeText(
  text: string,
  { maxCharacters, checkBorders, judge }: JudgeOptions,
): Promise<JudgedText> {
  const whole = text.length <= maxCharacters;
  // A border may move back by REACH at most; there must be room for that in the piece behind it.
  const room = checkBorders && maxCharacters > 4 * REACH ? REACH : 0;
  let pieces = whole ? [text] : splitText(text, maxCharacters - room);
  if (room > 0 && pieces.length > 1) {
    const windows = borderWindows(pieces);
    const seen = await Promise.all(windows.map(({ from, to }) => judge(text.slice(from, to))));
    const blocked = seen.find(({ action }) => action === "blocked");
    if (blocked) return { text, blocked, answers: [blocked] };
    const borders = windows.map((window, index) => borderBesideMatches(text, window, seen[index]?.assessments ?? []));
    pieces = [0, ...borders].map((from, index) => text.slice(from, borders[index])).filter((piece) => piece !== "");
  }
  const answers = await Promise.all(pieces.map(async (piece) => ({ piece, answer: await judge(piece) })));
  return {
    text: answers.map(({ piece, answer }) => (answer.action === "masked" ? (answer.output ?? "") : piece)).join(""),
    blocked: answers.find(({ answer }) => answer.action === "blocked")?.answer,
    answers: answers.map(({ answer }) => answer),
  };
}
