let segmenter: Intl.Segmenter | undefined;

/** Made at the first use: it would be most of what importing this package costs. */
function graphemes(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter;
}

/** Looked at for a character's beginning; the longest family of emoji has 35 code units. */
const LONGEST_CHARACTER = 100;

/**
 * Splits a text into pieces of at most `max` UTF-16 code units, which put together are the text again. Splits after a
 * paragraph, a sentence, a word or a character, the first of these that leaves a piece at least half full; never inside a
 * surrogate pair. White space stays with what it follows.
 *
 * @param max at least 2
 */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > max) {
    const end = boundary(text, from, from + max);
    pieces.push(text.slice(from, end));
    from = end;
  }
  if (from < text.length || pieces.length === 0) pieces.push(text.slice(from));
  return pieces;
}

/** Where to end the piece that begins at `from` and may reach up to `to`. */
function boundary(text: string, from: number, to: number): number {
  const half = from + Math.ceil((to - from) / 2);
  const window = text.slice(half, to);
  return (
    lastMatch(window, half, /\n\s*\n/gu) ??
    lastMatch(window, half, /[.!?…]["'”’)\]]*\s+|[。！？]|\n/gu) ??
    lastMatch(window, half, /\s+/gu) ??
    beforeCharacter(text, from, to)
  );
}

function lastMatch(window: string, offset: number, pattern: RegExp): number | undefined {
  let end: number | undefined;
  for (const { index, 0: matched } of window.matchAll(pattern)) end = offset + index + matched.length;
  return end;
}

/** The beginning of the character that stands at `to`, so that combining marks and joined emoji stay together. */
function beforeCharacter(text: string, from: number, to: number): number {
  const start = Math.max(from, to - LONGEST_CHARACTER);
  let last = start;
  for (const { index } of graphemes().segment(text.slice(start, to + LONGEST_CHARACTER))) {
    if (start + index > to) break;
    last = start + index;
  }
  // Not a real character but a pile of marks longer than a piece: only pairs are kept whole.
  if (last <= start) last = to;
  return insidePair(text, last) && last - 1 > from ? last - 1 : last;
}

export function insidePair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
