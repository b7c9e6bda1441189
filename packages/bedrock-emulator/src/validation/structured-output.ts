import { arrayAt, isJsonObject, type JsonObject, objectAt, parseJson, stringAt } from "../json.ts";
import { assumed, type Provenance, reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf } from "./blocks.ts";
import { type ConverseCheck, type ConverseRule, fromModel } from "./rule.ts";
import {
  constraintProblem,
  minItemsProblem,
  openObjectProblem,
  optionalCount,
  referenceProblem,
  subschemas,
} from "./schema-subset.ts";

const maxStrictTools = 20;
const maxOptional = 24;
const maxSchemaCharacters = 100_000;

interface PlacedSchema {
  readonly schema: JsonObject;
  /** As the model names it. */
  readonly at: string;
}

function outputSchemaText(body: JsonObject): string | undefined {
  const structure = objectAt(objectAt(objectAt(body, "outputConfig"), "textFormat"), "structure");
  return stringAt(objectAt(structure, "jsonSchema"), "schema");
}

/** The schema is a string on the wire. */
function parsedSchema(text: string): JsonObject | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function strictTools(body: JsonObject): PlacedSchema[] {
  return arrayAt(objectAt(body, "toolConfig"), "tools").flatMap((tool, index) => {
    const spec = objectAt(tool, "toolSpec");
    const schema = objectAt(objectAt(spec, "inputSchema"), "json");
    return spec["strict"] === true ? [{ schema, at: `tools.${index}.custom.input_schema` }] : [];
  });
}

/** The schemas that Claude has to follow; none for another model. */
function grammarsOf({ body, behaviour }: ConverseCheck): PlacedSchema[] {
  if (behaviour.vendor !== "anthropic") return [];
  const schema = parsedSchema(outputSchemaText(body) ?? "{}");
  return [...(schema ? [{ schema, at: "output_config.format.schema" }] : []), ...strictTools(body)];
}

/** A rule that refuses by what one of the schemas, at any depth, holds. */
function subsetRule(
  id: string,
  refuses: string,
  provenance: Provenance,
  problemOf: (schema: JsonObject) => string | undefined,
): ConverseRule {
  return {
    id,
    refuses,
    provenance,
    check: (request) =>
      firstOf(grammarsOf(request), ({ schema, at }) => {
        const problem = firstOf(subschemas(schema), problemOf);
        return problem && `${fromModel}${at}: ${problem}`;
      }),
  };
}

/** Rules of structured output and strict tools, on Claude. */
export const structuredOutputRules: readonly ConverseRule[] = [
  {
    id: "output-schema-json",
    refuses: "A schema of structured output that is no JSON object.",
    provenance: assumed,
    check: ({ body }) => {
      const text = outputSchemaText(body);
      return text !== undefined && parsedSchema(text) === undefined
        ? "The value at outputConfig.textFormat.structure.jsonSchema.schema is not a valid JSON schema. Provide a JSON object as a string and try again."
        : undefined;
    },
  },
  subsetRule(
    "schema-constraints",
    "Bounds of numbers and of the length of lists in the schema of structured output or of a strict tool, on Claude (`minLength` is taken, as recorded).",
    reported("vercel/ai#17197"),
    constraintProblem,
  ),
  subsetRule(
    "schema-open-object",
    "An object without `additionalProperties: false` in such a schema, on Claude.",
    reported("future-agi/future-agi#411"),
    openObjectProblem,
  ),
  subsetRule("schema-min-items", "A `minItems` of more than 1 in such a schema, on Claude.", assumed, minItemsProblem),
  {
    id: "schema-references",
    refuses: "A recursive schema, or a `$ref` to elsewhere, on Claude.",
    provenance: assumed,
    check: (request) =>
      firstOf(grammarsOf(request), ({ schema, at }) => {
        const problem = referenceProblem(schema);
        return problem && `${fromModel}${at}: ${problem}`;
      }),
  },
  {
    id: "strict-tool-count",
    refuses: "More than 20 strict tools, on Claude.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const strict = strictTools(body).length;
      return strict > maxStrictTools && behaviour.vendor === "anthropic"
        ? `${fromModel}Too many strict tools (${strict}). The maximum number of strict tools supported is ${maxStrictTools}.`
        : undefined;
    },
  },
  {
    id: "strict-optional-count",
    refuses: "More than 24 optional parameters in the strict tools together, on Claude.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const count = strictTools(body).reduce((total, { schema }) => total + optionalCount(schema), 0);
      return count > maxOptional && behaviour.vendor === "anthropic"
        ? `${fromModel}Schemas contains too many optional parameters (${count}), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: ${maxOptional}).`
        : undefined;
    },
  },
  {
    id: "grammar-size",
    refuses: "Schemas of more than 100000 characters together, on Claude (the service's limit is not known).",
    provenance: assumed,
    check: (request) => {
      const size = grammarsOf(request).reduce((total, { schema }) => total + JSON.stringify(schema).length, 0);
      return size > maxSchemaCharacters
        ? `${fromModel}The compiled grammar is too large, which would cause performance issues. Simplify your tool schemas or reduce the number of strict tools.`
        : undefined;
    },
  },
  {
    id: "citations-with-schema",
    refuses: "Citations together with structured output, on Claude.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const cited = contentBlocks(body).some(
        ({ block }) => objectAt(memberOf(block, "document"), "citations")["enabled"] === true,
      );
      return cited && outputSchemaText(body) !== undefined && behaviour.vendor === "anthropic"
        ? `${fromModel}output_config.format: citations cannot be enabled together with structured outputs.`
        : undefined;
    },
  },
];
