import type { GuardrailAssessmentLike } from "../trace.ts";
import { insidePair } from "./split-text.ts";

/** Characters looked at on either side of a border: both together are one text unit. */
export const REACH = 500;

/** A part of a text across the border of two pieces. */
export interface BorderWindow {
  /** Where the pieces meet, in the whole text. */
  readonly border: number;
  readonly from: number;
  readonly to: number;
}

/** The windows of a text's pieces; each ends where its neighbours begin. */
export function borderWindows(pieces: readonly string[]): BorderWindow[] {
  const text = pieces.join("");
  const outsidePair = (at: number): number => (insidePair(text, at) ? at - 1 : at);
  let end = 0;
  const ends = pieces.map((piece) => (end += piece.length));
  return ends.slice(0, -1).map((border, index) => ({
    border,
    from: outsidePair(Math.max(ends[index - 1] ?? 0, border - REACH)),
    to: outsidePair(Math.min(ends[index + 1] ?? end, border + REACH)),
  }));
}

/**
 * Where to put the border so that nothing that is to be masked lies across it: in front of the match that does. Matches are
 * personal data and patterns that the service masked in the window.
 */
export function borderBesideMatches(
  text: string,
  { border, from, to }: BorderWindow,
  assessments: readonly (GuardrailAssessmentLike | null)[],
): number {
  const spans = maskedWords(assessments).flatMap((word) => occurrences(text, word, from, to));
  let moved = border;
  for (;;) {
    const across = spans.filter(([start, end]) => start < moved && end > moved).map(([start]) => start);
    if (across.length === 0) return moved;
    moved = Math.min(...across);
  }
}

function maskedWords(assessments: readonly (GuardrailAssessmentLike | null)[]): string[] {
  const items = assessments.flatMap((assessment) => {
    const { piiEntities, regexes } = assessment?.sensitiveInformationPolicy ?? {};
    return [...(piiEntities ?? []), ...(regexes ?? [])];
  });
  return items.flatMap((item) => (item?.action === "ANONYMIZED" && item.match ? [item.match] : []));
}

function occurrences(text: string, word: string, from: number, to: number): [number, number][] {
  const found: [number, number][] = [];
  for (let at = text.indexOf(word, from); at >= 0 && at < to; at = text.indexOf(word, at + 1)) {
    found.push([at, at + word.length]);
  }
  return found;
}
