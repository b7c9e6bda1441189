import { isPlain, isSoundJson, MAX_DEPTH, toSoundJson } from "../repair/json.ts";
import { invalidOption } from "./option-log.ts";

type Schema = Readonly<Record<string, unknown>>;

/** @throws BedrockError of kind `invalid-request` for what is no JSON object, or nests too deep for any service */
export function soundSchema(schema: unknown, path: string): Schema {
  if (!isPlain(schema))
    throw invalidOption(
      `${path} is no JSON Schema object`,
      'Give an object such as { type: "object", properties: {…} }',
    );
  if (isSoundJson(schema)) return schema;
  const copy = toSoundJson(schema);
  if (isPlain(copy) && isSoundJson(copy) && !JSON.stringify(copy).includes("(left out: ")) return copy;
  throw invalidOption(
    `${path} nests deeper than ${MAX_DEPTH} levels or refers to itself`,
    "Describe recursion by $defs and $ref",
  );
}

/** A schema with its `$defs` and `definitions` written out where they are referred to; recursion ends in any value. */
export function withoutDefs(schema: Schema): Schema {
  const { $defs, definitions, ...root } = schema;
  if ($defs === undefined && definitions === undefined) return schema;
  return asSchema(inlined(root, { $defs, definitions }, []));
}

function inlined(value: unknown, defs: Schema, within: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => inlined(item, defs, within));
  if (!isPlain(value)) return value;
  const { $ref, ...beside } = value;
  const found = typeof $ref === "string" ? resolved($ref, defs) : undefined;
  if (typeof $ref === "string" && found !== undefined) {
    if (within.includes($ref)) return beside;
    return { ...asSchema(inlined(found, defs, [...within, $ref])), ...asSchema(inlined(beside, defs, within)) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inlined(item, defs, within)]));
}

function resolved(ref: string, defs: Schema): unknown {
  const path = /^#\/(\$defs|definitions)\/([^/]+)$/u.exec(ref);
  const [, place = "", name = ""] = path ?? [];
  const table = defs[place];
  const key = name.replaceAll("~1", "/").replaceAll("~0", "~");
  return isPlain(table) && Object.hasOwn(table, key) ? table[key] : undefined;
}

/** Constraints that constrained decoding refuses; they are told in the description instead. */
const UNSUPPORTED = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "maxItems",
  "minItems",
] as const;
const NAMED = new Set(["properties", "$defs", "definitions", "patternProperties"]);

/**
 * A schema that a model can be held to: objects say `additionalProperties: false`, and what the service refuses of a strict
 * schema is told in words.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export function strictSchema(schema: Schema): Schema {
  return asSchema(strict(schema));
}

function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict);
  if (!isPlain(value)) return value;
  const told: string[] = [];
  const kept: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (UNSUPPORTED.some((name) => name === key) && !(key === "minItems" && (item === 0 || item === 1))) {
      told.push(`${key}=${JSON.stringify(item)}`);
    } else if (NAMED.has(key) && isPlain(item)) {
      kept.push([key, Object.fromEntries(Object.entries(item).map(([name, one]) => [name, strict(one)]))]);
    } else kept.push([key, LITERAL.has(key) ? item : strict(item)]);
  }
  const made: Record<string, unknown> = Object.fromEntries(kept);
  if (told.length > 0) {
    const description =
      typeof made["description"] === "string" ? `${made["description"]} (${told.join(", ")})` : told.join(", ");
    made["description"] = description;
  }
  const isObject = made["type"] === "object" || (made["type"] === undefined && isPlain(made["properties"]));
  if (isObject && made["additionalProperties"] === undefined) made["additionalProperties"] = false;
  return made;
}

/** Hold values, not schemas. */
const LITERAL = new Set(["enum", "const", "default", "examples", "required"]);

function asSchema(value: unknown): Schema {
  return isPlain(value) ? value : {};
}
