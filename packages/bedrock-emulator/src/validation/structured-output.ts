import { arrayAt, isJsonArray, isJsonObject, type Json, objectAt, parseJson, stringAt } from "../json.ts";
import { assumed, reported } from "../refusals/provenance.ts";
import { type ConverseRule, fromModel } from "./rule.ts";

const maxStrictTools = 20;

/** What Claude's structured output was seen to refuse, by the type it would constrain; recorded requests hold `minLength`. */
const unsupported: Readonly<Record<string, readonly string[]>> = { array: ["maxItems"] };

/** The first constraint of a schema, at any depth, that is outside of the supported subset. */
function beyondSubset(schema: Json | undefined): string | undefined {
  if (isJsonArray(schema)) return schema.map(beyondSubset).find((found) => found !== undefined);
  if (!isJsonObject(schema)) return undefined;
  const type = stringAt(schema, "type") ?? "";
  const property = Object.hasOwn(unsupported, type)
    ? unsupported[type]?.find((name) => schema[name] !== undefined)
    : undefined;
  if (property !== undefined) return `For '${type}' type, property '${property}' is not supported`;
  const named = ["properties", "$defs", "definitions"].flatMap((key) => Object.values(objectAt(schema, key)));
  const direct = ["items", "anyOf", "allOf", "additionalProperties"].map((key) => schema[key]);
  return [...named, ...direct].map(beyondSubset).find((found) => found !== undefined);
}

/** The schema is a string on the wire; one that is no JSON has no constraints. */
function parsed(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch {
    return undefined;
  }
}

/** Rules of structured output and strict tools. */
export const structuredOutputRules: readonly ConverseRule[] = [
  {
    id: "output-schema-subset",
    refuses: "`maxItems` in the schema of structured output, on Claude.",
    provenance: reported("vercel/ai#17197"),
    check: ({ body, behaviour }) => {
      const structure = objectAt(objectAt(objectAt(body, "outputConfig"), "textFormat"), "structure");
      const found = beyondSubset(parsed(stringAt(objectAt(structure, "jsonSchema"), "schema")));
      return found !== undefined && behaviour.vendor === "anthropic"
        ? `${fromModel}output_config.format.schema: ${found}`
        : undefined;
    },
  },
  {
    id: "strict-tool-count",
    refuses: "More than 20 strict tools, on Claude.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const strict = arrayAt(objectAt(body, "toolConfig"), "tools").filter(
        (tool) => objectAt(tool, "toolSpec")["strict"] === true,
      ).length;
      return strict > maxStrictTools && behaviour.vendor === "anthropic"
        ? `${fromModel}Too many strict tools (${strict}). The maximum number of strict tools supported is ${maxStrictTools}.`
        : undefined;
    },
  },
];
