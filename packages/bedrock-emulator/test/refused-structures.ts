import type { Json } from "../src/index.ts";
import {
  document,
  fromModel,
  haiku3,
  hello,
  image,
  png,
  type RefusedCase,
  sonnet46,
  text,
  user,
} from "./refused-case.ts";

const largePng = Buffer.from(png);
largePng.writeUInt32BE(3_000, 16);
const strictTool = (index: number): Json => ({
  toolSpec: {
    name: `tool${index}`,
    strict: true,
    inputSchema: { json: { type: "object", additionalProperties: false } },
  },
});
const closed = { type: "object", additionalProperties: false } as const;
const formatted = (schema: Json | string): Json => ({
  textFormat: {
    type: "json_schema",
    structure: { jsonSchema: { schema: typeof schema === "string" ? schema : JSON.stringify(schema), name: "answer" } },
  },
});
const format = (rule: string, schema: Json | string, message: string | RegExp): RefusedCase => ({
  rule,
  modelId: sonnet46,
  body: { messages: hello, outputConfig: formatted(schema) },
  message: typeof message === "string" ? `${fromModel}output_config.format.schema: ${message}` : message,
});
const strict = (rule: string, schema: Json, message: string): RefusedCase => ({
  rule,
  modelId: sonnet46,
  body: {
    messages: hello,
    toolConfig: { tools: [{ toolSpec: { name: "look", strict: true, inputSchema: { json: schema } } }] },
  },
  message: `${fromModel}${message}`,
});
const manyImages = Array.from({ length: 19 }, () => image("png"));

export const refusedStructures: readonly RefusedCase[] = [
  format("output-schema-json", "{", /jsonSchema\.schema is not a valid JSON schema/),
  format("output-schema-json", "5", /jsonSchema\.schema is not a valid JSON schema/),
  format(
    "schema-constraints",
    { ...closed, properties: { list: { type: "array", items: { type: "string" }, maxItems: 3 } } },
    "For 'array' type, property 'maxItems' is not supported",
  ),
  format(
    "schema-constraints",
    { ...closed, $defs: { rating: { type: "integer", minimum: 1, maximum: 5 } } },
    "For 'integer' type, properties maximum, minimum are not supported",
  ),
  strict(
    "schema-constraints",
    { ...closed, properties: { rating: { anyOf: [{ type: "number", multipleOf: 2 }] } } },
    "tools.0.custom.input_schema: For 'number' type, property 'multipleOf' is not supported",
  ),
  format(
    "schema-open-object",
    { type: "object", properties: {} },
    "For 'object' type, 'additionalProperties' must be explicitly set to false",
  ),
  strict(
    "schema-open-object",
    { ...closed, properties: { inner: { type: "object" } } },
    "tools.0.custom.input_schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
  ),
  format(
    "schema-min-items",
    { ...closed, properties: { list: { type: "array", minItems: 2 } } },
    "For 'array' type, 'minItems' values other than 0 or 1 are not supported",
  ),
  format(
    "schema-references",
    { ...closed, properties: { a: { $ref: "https://example.com/a.json" } } },
    "External $ref 'https://example.com/a.json' is not supported",
  ),
  format(
    "schema-references",
    { ...closed, $defs: { node: { ...closed, properties: { next: { $ref: "#/$defs/node" } } } } },
    "Recursive schemas are not supported",
  ),
  strict(
    "strict-optional-count",
    {
      ...closed,
      properties: Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`p${at}`, { type: "string" }])),
    },
    "Schemas contains too many optional parameters (25), which would make grammar compilation inefficient. Reduce the number of optional parameters in your tool schemas (limit: 24).",
  ),
  format("grammar-size", { ...closed, description: "x".repeat(100_000) }, /The compiled grammar is too large/),
  {
    rule: "citations-with-schema",
    modelId: sonnet46,
    body: {
      messages: [
        user(text("What?"), {
          document: { name: "one", format: "txt", source: { text: "Words." }, citations: { enabled: true } },
        }),
      ],
      outputConfig: formatted(closed),
    },
    message: /citations cannot be enabled together/,
  },
  {
    rule: "image-count",
    modelId: haiku3,
    body: { messages: [user(text("See"), ...manyImages, image("png"), image("png"))] },
    message: `${fromModel}messages: too many images: image_count > 20`,
  },
  {
    rule: "image-count",
    modelId: haiku3,
    body: { messages: [user(text("See"), ...manyImages, document("one"), document("two"))] },
    message: `${fromModel}messages: too many images and documents: 19 + 2 > 20`,
  },
  {
    rule: "strict-tool-count",
    modelId: sonnet46,
    body: { messages: hello, toolConfig: { tools: Array.from({ length: 21 }, (_, index) => strictTool(index)) } },
    message: /Too many strict tools \(21\)/,
  },
  {
    rule: "many-image-pixels",
    modelId: sonnet46,
    body: {
      messages: [
        user(text("See"), ...Array.from({ length: 20 }, () => image("png")), image("png", largePng.toString("base64"))),
      ],
    },
    message: `${fromModel}messages.0.content.21.image.source.bytes: At least one of the image dimensions exceed max allowed size for many-image requests: 2000 pixels`,
  },
];
