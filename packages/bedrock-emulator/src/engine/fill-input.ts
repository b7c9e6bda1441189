import { arrayAt, isJsonObject, type Json, type JsonObject, numberAt, objectAt, parseJson, stringAt } from "../json.ts";
import { escapeRegExp } from "./choose-tool.ts";
import type { TurnTool } from "./turn.ts";
import { words } from "./words.ts";

/** Values of a text that were not given to a property yet. */
interface Findings {
  readonly text: string;
  readonly quoted: string[];
  readonly numbers: number[];
  readonly places: string[];
}

/** An input for a tool: the JSON object in the text if there is one, otherwise the schema filled with values found in the text. */
export function fillInput(tool: TurnTool, text: string): JsonObject {
  const written = writtenObject(text);
  if (written) return written;
  return fillObject(tool.schema, {
    text,
    quoted: [...text.matchAll(/"([^"]+)"|“([^”]+)”|`([^`]+)`|'([^']{2,})'/g)]
      .map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? "")
      .filter((value) => value !== tool.name),
    numbers: [...text.matchAll(/(?<![\p{L}\p{N}.])-?\d+(?:\.\d+)?(?![\p{L}\p{N}])/gu)].map((match) => Number(match[0])),
    places: properNames(text),
  });
}

function writtenObject(text: string): JsonObject | undefined {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from < 0 || to < from) return undefined;
  try {
    const value = parseJson(text.slice(from, to + 1));
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function fillObject(schema: JsonObject, found: Findings): JsonObject {
  const required = new Set(arrayAt(schema, "required"));
  const input: Record<string, Json> = {};
  for (const [name, property] of Object.entries(objectAt(schema, "properties"))) {
    if (!isJsonObject(property)) continue;
    const value = fillProperty(name, property, found, required.has(name));
    if (value !== undefined) input[name] = value;
  }
  return input;
}

function fillProperty(name: string, property: JsonObject, found: Findings, required: boolean): Json | undefined {
  const choices = arrayAt(property, "enum");
  if (choices.length > 0) {
    const said = choices.find((choice) =>
      new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(String(choice))}(?![\\p{L}\\p{N}])`, "iu").test(found.text),
    );
    return said ?? (required ? choices[0] : undefined);
  }
  const given = namedValue(name, found.text);
  switch (typeOf(property)) {
    case "number":
    case "integer":
      return numberFor(property, given, found, required);
    case "boolean":
      return given ? /^(true|yes|on)$/i.test(given) : required ? /\btrue\b/i.test(found.text) : undefined;
    case "array": {
      const item = fillProperty(name, objectAt(property, "items"), found, required);
      return item === undefined ? undefined : [item];
    }
    case "object":
      return required ? fillObject(property, found) : undefined;
    default:
      return given ?? stringFor(name, property, found, required);
  }
}

function typeOf(property: JsonObject): string | undefined {
  const one = stringAt(property, "type");
  if (one) return one;
  const several = arrayAt(property, "type").find((type) => type !== "null");
  return typeof several === "string" ? several : undefined;
}

/** `city: Berlin`, `city=Berlin`, `city "Berlin"`. */
function namedValue(name: string, text: string): string | undefined {
  const spelled = words(name).map(escapeRegExp).join("[\\s_-]*");
  const match = new RegExp(
    `(?<![\\p{L}\\p{N}])${spelled}\\s*(?:[:=]\\s*|\\s(?=["“]))(?:["“]([^"”]*)["”]|([^\\s,;]+))`,
    "iu",
  ).exec(text);
  return match?.[1] ?? match?.[2];
}

function numberFor(
  property: JsonObject,
  given: string | undefined,
  found: Findings,
  required: boolean,
): number | undefined {
  const value = given !== undefined && Number.isFinite(Number(given)) ? Number(given) : found.numbers.shift();
  if (value !== undefined) return typeOf(property) === "integer" ? Math.trunc(value) : value;
  return required ? (numberAt(property, "default") ?? numberAt(property, "minimum") ?? 1) : undefined;
}

const wantsWholeText = /query|question|prompt|text|message|content|input|search|task|goal|topic|note|body/i;
const wantsPath = /path|file|dir|folder/i;
const wantsUrl = /url|uri|link|href/i;

function stringFor(name: string, property: JsonObject, found: Findings, required: boolean): string | undefined {
  if (wantsUrl.test(name)) {
    const url = /https?:\/\/[^\s"'<>)]+/.exec(found.text)?.[0];
    if (url || !required) return url;
  }
  if (wantsPath.test(name)) {
    const path = /(?:[\w.~-]*\/)+[\w.-]+|\b[\w-]+\.[a-z]{1,5}\b/.exec(found.text)?.[0];
    if (path || !required) return path;
  }
  const quoted = required ? found.quoted.shift() : undefined;
  if (quoted !== undefined) return quoted;
  if (wantsWholeText.test(name)) return required ? found.text.trim() : undefined;
  const place = required ? found.places.shift() : undefined;
  if (place !== undefined) return place;
  return required ? (stringAt(property, "default") ?? lastWords(found.text)) : undefined;
}

/** Capitalised names: those after a preposition first, then others that do not begin the sentence. */
function properNames(text: string): string[] {
  const name = "\\p{Lu}[\\p{L}\\p{N}'-]*(?:[ ]\\p{Lu}[\\p{L}'-]*)*(?:, \\p{Lu}{2}(?!\\p{L}))?";
  const after = [...text.matchAll(new RegExp(`\\b(?:in|at|for|from|to|of|on|near|about)\\s+(${name})`, "gu"))].map(
    (match) => match[1] ?? "",
  );
  const inside = [...text.matchAll(new RegExp(`(?<=[\\p{L}\\p{N},;:]\\s+)(${name})`, "gu"))].map(
    (match) => match[1] ?? "",
  );
  return [...new Set([...after, ...inside])].filter((found) => found !== "I");
}

function lastWords(text: string): string {
  return text
    .trim()
    .replace(/[?.!]+$/, "")
    .split(/\s+/)
    .slice(-3)
    .join(" ");
}
