/** A parsed JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A parsed JSON object. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A guard of its own, because `Array.isArray` does not narrow a readonly array. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The object at `key`, or an empty one. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(member) ? member : {};
}

export function stringAt(value: Json | undefined, key: string): string | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return typeof member === "string" ? member : undefined;
}

export function numberAt(value: Json | undefined, key: string): number | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return typeof member === "number" ? member : undefined;
}

export function arrayAt(value: Json | undefined, key: string): readonly Json[] {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonArray(member) ? member : [];
}

/** Deeper values are read by no parser of the service, and would break what walks them here. */
const maxDepth = 1_000;

/** `JSON.parse` with a JSON type; throws SyntaxError as it does, and for values nested more than 1000 deep. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  if (deeperThan(maxDepth, value)) throw new SyntaxError(`JSON is nested more than ${maxDepth} deep`);
  return value;
}

function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => deeperThan(levels - 1, member));
}
