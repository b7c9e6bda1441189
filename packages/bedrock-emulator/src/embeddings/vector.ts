import { createHash } from "node:crypto";
import { stems, words } from "../engine/words.ts";

/** Dimensions that one word touches. */
const spread = 8;

/**
 * A vector in which every meaningful word adds ±1 to a few dimensions chosen by its hash, so that texts that share words are near
 * and others are not. Words of a text count by the root of how often they stand in it. Unit length unless `normalize` is false.
 */
export function embedText(text: string, dimensions: number, normalize = true): number[] {
  const vector = new Float64Array(dimensions);
  const counts = new Map<string, number>();
  const meaningful = stems(text);
  for (const word of meaningful.length > 0 ? meaningful : [...words(text), `#${text.trim()}`]) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  for (const [word, count] of counts) {
    const hash = createHash("sha256").update(word).digest();
    for (let index = 0; index < spread; index++) {
      const at = hash.readUInt16BE(index * 3) % dimensions;
      const sign = (hash[index * 3 + 2] ?? 0) % 2 === 0 ? 1 : -1;
      vector[at] = (vector[at] ?? 0) + sign * Math.sqrt(count);
    }
  }
  const length = Math.hypot(...vector) || 1;
  return Array.from(vector, (value) => (normalize ? round(value / length) : round(value)));
}

/** The mean of vectors of one length, of unit length again. */
export function average(vectors: readonly (readonly number[])[]): number[] {
  const [first = []] = vectors;
  if (vectors.length === 1) return [...first];
  const sums = first.map((_, at) => vectors.reduce((total, vector) => total + (vector[at] ?? 0), 0));
  const length = Math.hypot(...sums) || 1;
  return sums.map((value) => round(value / length));
}

/** Nine digits, as the service writes them. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
