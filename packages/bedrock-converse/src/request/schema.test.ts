import type { Tool } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { readModel } from "../model/read-model.ts";
import type { ConverseRequest } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const NOVA = "amazon.nova-lite-v1:0";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const OPUS_47 = "us.anthropic.claude-opus-4-7";

function built(id: string, request: Partial<ConverseRequest>) {
  const model = readModel(id);
  const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];
  return buildRequest({ model, messages, cacheRetention: "none", ...request }, model);
}
const schemaOf = (id: string, tool: Partial<Tool>) =>
  built(id, { tools: [{ name: "t", description: "d", parameters: {}, ...tool }] }).input.toolConfig?.tools?.[0]
    ?.toolSpec;

describe("schemas of tools", () => {
  it("have an object at their root", () => {
    expect(schemaOf(NOVA, { parameters: {} })?.inputSchema).toEqual({ json: { type: "object" } });
    expect(schemaOf(NOVA, { parameters: { type: "string" } })?.inputSchema).toEqual({ json: { type: "object" } });
  });

  it("have their definitions written out for Nova, which refuses $defs, and kept for Claude", () => {
    const parameters = {
      type: "object",
      properties: { a: { $ref: "#/$defs/Point", description: "where" }, tree: { $ref: "#/$defs/Tree" } },
      $defs: {
        Point: { type: "object", properties: { x: { type: "number" } } },
        Tree: { type: "object", properties: { left: { $ref: "#/$defs/Tree" } } },
      },
    };
    expect(schemaOf(NOVA, { parameters })?.inputSchema).toEqual({
      json: {
        type: "object",
        properties: {
          a: { type: "object", properties: { x: { type: "number" } }, description: "where" },
          tree: { type: "object", properties: { left: {} } },
        },
      },
    });
    expect(schemaOf(SONNET, { parameters })?.inputSchema).toEqual({ json: parameters });
  });

  it("of strict tools say what the service refuses in words", () => {
    const parameters = {
      type: "object",
      properties: {
        n: { type: "integer", minimum: 0, maximum: 9 },
        list: { type: "array", minItems: 3, items: { type: "string" } },
      },
      required: ["n"],
    };
    expect(schemaOf(SONNET, { parameters, strict: true })).toEqual({
      name: "t",
      description: "d",
      strict: true,
      inputSchema: {
        json: {
          type: "object",
          properties: {
            n: { type: "integer", description: "minimum=0, maximum=9" },
            list: { type: "array", description: "minItems=3", items: { type: "string" } },
          },
          required: ["n"],
          additionalProperties: false,
        },
      },
    });
  });

  it("keep a property that is named like a keyword", () => {
    const parameters = { type: "object", properties: { minimum: { type: "number" } } };
    expect(schemaOf(SONNET, { parameters, strict: true })?.inputSchema).toMatchObject({
      json: { properties: { minimum: { type: "number" } } },
    });
  });
});

describe("strict tools", () => {
  const tools = Array.from({ length: 22 }, (_, n) => ({
    name: `t${n}`,
    description: "d",
    parameters: {},
    strict: true,
  }));

  it("are 20 at most; the others are offered without", () => {
    const { input, changes } = built(SONNET, { tools });
    expect(input.toolConfig?.tools?.filter((tool) => tool.toolSpec?.strict)).toHaveLength(20);
    expect(changes).toMatchObject([{ option: "tools[20].strict" }, { option: "tools[21].strict" }]);
  });

  it("are plain for a model that refuses the field", () => {
    const { input, changes } = built(OPUS_47, { tools: tools.slice(0, 1) });
    expect(JSON.stringify(input)).not.toContain("strict");
    expect(changes).toMatchObject([{ option: "tools[0].strict", reason: "the model takes none" }]);
  });

  it("of one name are one", () => {
    const [tool] = tools;
    if (!tool) throw new Error("no tool");
    const { input, changes } = built(SONNET, { tools: [tool, tool] });
    expect(input.toolConfig?.tools).toHaveLength(1);
    expect(changes).toMatchObject([{ option: "tools[1]" }]);
  });
});

describe("an answer in JSON", () => {
  const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

  it("is asked for by outputConfig where the model takes a schema", () => {
    const { input, changes } = built(SONNET, { responseFormat: { schema, name: "City", description: "A city" } });
    const jsonSchema = {
      schema: JSON.stringify({ ...schema, additionalProperties: false }),
      name: "City",
      description: "A city",
    };
    expect(input.outputConfig).toEqual({ textFormat: { type: "json_schema", structure: { jsonSchema } } });
    expect(input.system).toBeUndefined();
    expect(changes).toEqual([]);
  });

  it("is asked for in the system prompt where it does not, and the change is told", () => {
    const { input, changes } = built(NOVA, { system: "Be kind.", responseFormat: { schema } });
    expect(input.outputConfig).toBeUndefined();
    expect(input.system?.[1]?.text).toContain(JSON.stringify(schema));
    expect(changes).toMatchObject([{ kind: "option-changed", option: "responseFormat" }]);
  });

  it("goes without citations, which the service refuses beside it", () => {
    const document = { type: "document" as const, data: "", text: "words", format: "txt", name: "a", citations: true };
    const messages = [{ role: "user" as const, content: [document], timestamp: 0 }];
    expect(JSON.stringify(built(SONNET, { messages, responseFormat: { schema } }).input)).not.toContain("citations");
    expect(JSON.stringify(built(SONNET, { messages }).input)).toContain("citations");
  });
});
