/** What is wrong with a value: where, and why. */
export interface Problem {
  readonly path: string;
  readonly reason: string;
}

/** Finds the first problem of a value that stands at a path. */
export type Shape = (value: unknown, path: string) => Problem | undefined;

type Json = Readonly<Record<string, unknown>>;

function expecting(reason: string, fits: (value: unknown) => boolean): Shape {
  return (value, path) => (fits(value) ? undefined : { path, reason: `must be ${reason}` });
}

export const TEXT: Shape = expecting("a text", (value) => typeof value === "string" && value.trim() !== "");
export const FLAG: Shape = expecting("true or false", (value) => typeof value === "boolean");
export const COUNT: Shape = expecting(
  "a whole number above 0",
  (value) => Number.isSafeInteger(value) && Number(value) > 0,
);
export const COUNT_OR_NONE: Shape = expecting(
  "a whole number, 0 or more",
  (value) => Number.isSafeInteger(value) && Number(value) >= 0,
);
export const RATE: Shape = expecting(
  "USD per million tokens, 0 or more",
  (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
);

export function oneOf(...words: readonly string[]): Shape {
  return expecting(words.join(" or "), (value) => typeof value === "string" && words.includes(value));
}

/** A list without repetition, each of whose items fits; empty only where `least` is 0. */
export function listOf(item: Shape, what: string, least: 0 | 1 = 1): Shape {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least) {
      return { path, reason: `must be a list of ${what}${least === 0 ? "" : ", not empty"}` };
    }
    for (const [index, one] of value.entries()) {
      const problem = item(one, `${path}[${index}]`);
      if (problem !== undefined) return problem;
      if (value.indexOf(one) < index) return { path: `${path}[${index}]`, reason: `repeats ${String(one)}` };
    }
    return undefined;
  };
}

/** A list of some of these words. */
export function someOf(words: readonly string[], least: 0 | 1 = 1): Shape {
  return listOf(oneOf(...words), words.join(", "), least);
}

/** An object of these fields and no others; `whole` then judges fields that must agree. */
export function record(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
  whole: (value: Json) => readonly [field: string, reason: string] | undefined = () => undefined,
): Shape {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return { path, reason: "must be an object" };
    const given: Json = Object.fromEntries(Object.entries(value));
    const lacking = Object.keys(required).filter((name) => given[name] === undefined);
    if (lacking.length > 0) return { path, reason: `lacks ${lacking.join(", ")}` };
    for (const [name, part] of Object.entries(given)) {
      const shape = own(required, name) ?? own(optional, name);
      if (shape === undefined) return { path: `${path}.${name}`, reason: "no such field" };
      const problem = part === undefined ? undefined : shape(part, `${path}.${name}`);
      if (problem !== undefined) return problem;
    }
    const disagreement = whole(given);
    return disagreement && { path: `${path}.${disagreement[0]}`, reason: disagreement[1] };
  };
}

/** The shape of that name; `constructor` and other names that objects inherit have none. */
export function own(shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}

/** Whether a list holds a value; what is no list, or no value, disagrees with nothing. */
export function within(list: unknown, value: unknown): boolean {
  return value === undefined || !Array.isArray(list) || list.includes(value);
}
