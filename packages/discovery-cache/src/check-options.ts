/** A duration in milliseconds, `Infinity` included. @throws RangeError naming the option. */
export function checkDuration(name: string, ms: number): number {
  if (ms >= 0) return ms;
  throw new RangeError(`The option ${name} is ${ms}. Give milliseconds, 0 or more.`);
}

/** How many of something: a whole number from 1, or `Infinity`. @throws RangeError naming the option. */
export function checkCount(name: string, count: number): number {
  if (count >= 1 && (Number.isInteger(count) || count === Number.POSITIVE_INFINITY)) return count;
  throw new RangeError(`The option ${name} is ${count}. Give a whole number of at least 1.`);
}

/** A part of a whole. @throws RangeError naming the option. */
export function checkPart(name: string, part: number): number {
  if (part >= 0 && part <= 1) return part;
  throw new RangeError(`The option ${name} is ${part}. Give a number from 0 to 1.`);
}
