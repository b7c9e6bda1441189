import { arrayAt, isJsonObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import { assumed, reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf } from "./blocks.ts";
import { type ConverseRule, fromModel } from "./rule.ts";

interface PlacedTool {
  readonly index: number;
  readonly spec: JsonObject;
  readonly schema: JsonObject;
}

function toolsOf(body: JsonObject): PlacedTool[] {
  return arrayAt(objectAt(body, "toolConfig"), "tools").flatMap((tool, index) => {
    const spec = isJsonObject(tool) ? memberOf(tool, "toolSpec") : undefined;
    return spec ? [{ index, spec, schema: objectAt(objectAt(spec, "inputSchema"), "json") }] : [];
  });
}

function hasTools(body: JsonObject): boolean {
  return body["toolConfig"] !== undefined;
}

/** Rules of tool definitions and of the choice among them. */
export const toolRules: readonly ConverseRule[] = [
  {
    id: "tools-unsupported",
    refuses: "Tools on a model that has none.",
    provenance: reported("langchain-ai/langchain-aws#447"),
    check: ({ body, behaviour }) =>
      hasTools(body) && behaviour.tools === "none" ? "This model doesn't support tool use." : undefined,
  },
  {
    id: "tools-not-streamed",
    refuses: "Tools in ConverseStream on a model that does not stream them.",
    provenance: reported("earendil-works/pi#3739"),
    check: ({ body, behaviour, streaming }) =>
      hasTools(body) && streaming && behaviour.tools === "not-streamed"
        ? "This model doesn't support tool use in streaming mode."
        : undefined,
  },
  {
    id: "tool-config-missing",
    refuses: "Tool blocks in the messages without a toolConfig.",
    provenance: reported("langgenius/dify#17545"),
    check: ({ body }) =>
      !hasTools(body) && contentBlocks(body).some(({ block }) => block["toolUse"] ?? block["toolResult"])
        ? "The toolConfig field must be defined when using toolUse and toolResult content blocks."
        : undefined,
  },
  {
    id: "tool-choice-unsupported",
    refuses: "A forced tool on a model that chooses by itself only.",
    provenance: reported("strands-agents/harness-sdk#1241"),
    check: ({ body, behaviour }) => {
      const choice = objectAt(objectAt(body, "toolConfig"), "toolChoice");
      const kind = (["any", "tool"] as const).find((name) => choice[name] !== undefined);
      return kind && !behaviour.toolChoices.includes(kind)
        ? `This model doesn't support the toolConfig.toolChoice.${kind} field. Remove toolConfig.toolChoice.${kind} and try again.`
        : undefined;
    },
  },
  {
    id: "tool-choice-unknown",
    refuses: "A forced tool that is not among the tools.",
    provenance: assumed,
    check: ({ body }) => {
      const name = stringAt(objectAt(objectAt(objectAt(body, "toolConfig"), "toolChoice"), "tool"), "name");
      return name !== undefined && !toolsOf(body).some(({ spec }) => spec["name"] === name)
        ? `${fromModel}tool_choice: Tool '${name}' not found in provided tools`
        : undefined;
    },
  },
  {
    id: "tool-name-twice",
    refuses: "Two tools of one name, on Claude.",
    provenance: assumed,
    check: ({ body, behaviour }) => {
      const names = toolsOf(body).map(({ spec }) => spec["name"]);
      return behaviour.vendor === "anthropic" && new Set(names).size < names.length
        ? `${fromModel}tools: Tool names must be unique.`
        : undefined;
    },
  },
  {
    id: "schema-root",
    refuses: "An input schema whose root is not of type object.",
    provenance: reported("block/goose#5064"),
    check: ({ body }) =>
      firstOf(toolsOf(body), ({ index, schema }) =>
        schema["type"] === "object"
          ? undefined
          : `The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`,
      ),
  },
  {
    id: "nova-schema-keys",
    refuses: "`$defs` and `definitions` in an input schema, on Nova.",
    provenance: reported("lastmile-ai/mcp-agent#126"),
    check: ({ body, model }) =>
      firstOf(toolsOf(body), ({ index, schema }) => {
        const key = ["$defs", "definitions"].find((name) => schema[name] !== undefined);
        return key && model.modelId.startsWith("amazon.nova")
          ? `${fromModel}Malformed input request: #/toolConfig/tools/${index}/toolSpec/inputSchema/json: extraneous key [${key}] is not permitted, please reformat your input and try again.`
          : undefined;
      }),
  },
  {
    id: "strict-unsupported",
    refuses: "`strict` tools on the Claude models that do not know the field.",
    provenance: reported("BerriAI/litellm#33193"),
    check: ({ body, behaviour }) => {
      const strict = toolsOf(body).find(({ spec }) => spec["strict"] !== undefined);
      return strict && behaviour.vendor === "anthropic" && behaviour.samplers === "none"
        ? `${fromModel}tools.${strict.index}.custom.strict: Extra inputs are not permitted`
        : undefined;
    },
  },
  {
    id: "tool-input-object",
    refuses: "Tool use whose input is not a JSON object.",
    provenance: assumed,
    check: ({ body }) =>
      firstOf(contentBlocks(body), ({ block, path }) => {
        const use = memberOf(block, "toolUse");
        return use && !isJsonObject(use["input"])
          ? `The format of the value at ${path}.toolUse.input is invalid. Provide a json object for the field and try again.`
          : undefined;
      }),
  },
  {
    id: "tool-result-json-object",
    refuses: "A tool result whose json is not an object.",
    provenance: reported("deepset-ai/haystack#3766"),
    check: ({ body }) =>
      firstOf(contentBlocks(body), ({ block, path }) => {
        const at = arrayAt(memberOf(block, "toolResult"), "content").findIndex(
          (part) => isJsonObject(part) && part["json"] !== undefined && !isJsonObject(part["json"]),
        );
        return at < 0
          ? undefined
          : `The format of the value at ${path}.toolResult.content.${at}.json is invalid. Provide a json object for the field and try again.`;
      }),
  },
];
