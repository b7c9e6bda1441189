const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Looked at for the last whole character; the longest family of emoji has 35 code units. */
const LONGEST_CHARACTER = 100;

/** The beginning of a text, at most `max` UTF-16 code units long (at least 1), ending between two characters. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const from = Math.max(0, max - LONGEST_CHARACTER);
  let end = from;
  for (const { index } of graphemes.segment(text.slice(from, max + LONGEST_CHARACTER))) {
    if (from + index > max) break;
    end = from + index;
  }
  // One pile of marks: only surrogate pairs are kept whole.
  if (end <= from) end = max;
  const cut = text.slice(0, end);
  return cut.isWellFormed() || !text.isWellFormed() ? cut : cut.slice(0, -1);
}
