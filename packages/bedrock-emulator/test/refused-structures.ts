import type { Json } from "../src/index.ts";
import { fromModel, hello, image, png, type RefusedCase, sonnet46, text, user } from "./refused-case.ts";

const largePng = Buffer.from(png);
largePng.writeUInt32BE(3_000, 16);
const strictTool = (index: number): Json => ({
  toolSpec: { name: `tool${index}`, strict: true, inputSchema: { json: { type: "object" } } },
});
const schema = { type: "object", properties: { list: { type: "array", items: { type: "string" }, maxItems: 3 } } };

export const refusedStructures: readonly RefusedCase[] = [
  {
    rule: "output-schema-subset",
    modelId: sonnet46,
    body: {
      messages: hello,
      outputConfig: {
        textFormat: {
          type: "json_schema",
          structure: { jsonSchema: { schema: JSON.stringify(schema), name: "list" } },
        },
      },
    },
    message: `${fromModel}output_config.format.schema: For 'array' type, property 'maxItems' is not supported`,
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
