/** A duration in milliseconds, `Infinity` included. @throws RangeError naming the option. */
export function checkDuration(name: string, ms: number): number {
  if (ms >= 0) return ms;
  throw new RangeError(`The option ${name} is ${ms}. Give milliseconds, 0 or more.`);
}
