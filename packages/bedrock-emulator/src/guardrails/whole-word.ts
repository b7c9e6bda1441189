import { escapeRegExp } from "../engine/choose-tool.ts";

/** An entry of a list as a whole word, in any case. */
export function wholeWord(entry: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(entry)}(?![\\p{L}\\p{N}])`, "iu");
}
