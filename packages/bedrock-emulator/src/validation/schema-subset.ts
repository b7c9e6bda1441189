import {
  arrayAt,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  numberAt,
  objectAt,
  stringAt,
} from "../json.ts";

const numeric = ["exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"];

/** Constraints that grammars do not know, by the type that they constrain; recorded requests hold `minLength`. */
const unsupported: Readonly<Record<string, readonly string[]>> = {
  array: ["maxItems", "uniqueItems"],
  integer: numeric,
  number: numeric,
};

/** The schemas inside of a schema, and itself. */
export function* subschemas(schema: Json | undefined): Generator<JsonObject> {
  if (isJsonArray(schema)) for (const item of schema) yield* subschemas(item);
  if (!isJsonObject(schema)) return;
  yield schema;
  for (const key of ["properties", "$defs", "definitions"]) {
    for (const inner of Object.values(objectAt(schema, key))) yield* subschemas(inner);
  }
  for (const key of ["items", "anyOf", "allOf"]) yield* subschemas(schema[key]);
}

/** The constraints of a schema that are outside of the subset, in the words of the refusal. */
export function constraintProblem(schema: JsonObject): string | undefined {
  const type = stringAt(schema, "type") ?? "";
  const names = (Object.hasOwn(unsupported, type) ? (unsupported[type] ?? []) : []).filter(
    (name) => schema[name] !== undefined,
  );
  if (names.length === 0) return undefined;
  return names.length === 1
    ? `For '${type}' type, property '${names[0]}' is not supported`
    : `For '${type}' type, properties ${names.join(", ")} are not supported`;
}

/** An object that does not say that it has no other properties. */
export function openObjectProblem(schema: JsonObject): string | undefined {
  return stringAt(schema, "type") === "object" && schema["additionalProperties"] !== false
    ? "For 'object' type, 'additionalProperties' must be explicitly set to false"
    : undefined;
}

/** A list that must have more than one item. */
export function minItemsProblem(schema: JsonObject): string | undefined {
  const items = numberAt(schema, "minItems") ?? 0;
  return items > 1 ? "For 'array' type, 'minItems' values other than 0 or 1 are not supported" : undefined;
}

/** A reference out of the schema, or one that leads back into itself. */
export function referenceProblem(root: JsonObject): string | undefined {
  const definitions = new Map<string, Json>();
  for (const key of ["$defs", "definitions"]) {
    for (const [name, schema] of Object.entries(objectAt(root, key)))
      if (schema !== undefined) definitions.set(`#/${key}/${name}`, schema);
  }
  const referencesOf = (schema: Json | undefined): string[] =>
    [...subschemas(schema)].flatMap((inner) => stringAt(inner, "$ref") ?? []);
  const foreign = referencesOf(root).find((reference) => !reference.startsWith("#"));
  if (foreign !== undefined) return `External $ref '${foreign}' is not supported`;
  const reaches = (from: string, seen: ReadonlySet<string>): boolean =>
    referencesOf(definitions.get(from)).some((next) => seen.has(next) || reaches(next, new Set([...seen, next])));
  const recursive = [...definitions.keys()].some((name) => reaches(name, new Set([name])));
  return recursive || referencesOf(root).includes("#") ? "Recursive schemas are not supported" : undefined;
}

/** How many properties of objects may be left out. */
export function optionalCount(schema: Json | undefined): number {
  return [...subschemas(schema)].reduce((count, inner) => {
    const required = new Set(arrayAt(inner, "required"));
    return count + Object.keys(objectAt(inner, "properties")).filter((name) => !required.has(name)).length;
  }, 0);
}
