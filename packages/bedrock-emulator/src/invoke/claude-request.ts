import { arrayAt, isJsonArray, isJsonObject, type Json, type JsonObject, objectAt, stringAt } from "../json.ts";
import { defined } from "./text-format.ts";

/** A Messages body of Anthropic as a body of Converse. The body has passed the checks. */
export function claudeToConverse(body: JsonObject): JsonObject {
  const { thinking, top_k, anthropic_beta, output_config } = body;
  const tools =
    stringAt(objectAt(body, "tool_choice"), "type") === "none" ? [] : arrayAt(body, "tools").flatMap(toolOf);
  const format = objectAt(output_config, "format");
  return {
    messages: arrayAt(body, "messages").map((message) => ({
      role: stringAt(message, "role") === "assistant" ? "assistant" : "user",
      content: blocksOf(isJsonObject(message) ? message["content"] : undefined),
    })),
    ...(body["system"] !== undefined && { system: blocksOf(body["system"]) }),
    inferenceConfig: defined({
      maxTokens: body["max_tokens"],
      temperature: body["temperature"],
      topP: body["top_p"],
      stopSequences: body["stop_sequences"],
    }),
    ...(tools.length > 0 && { toolConfig: { tools, toolChoice: choiceOf(objectAt(body, "tool_choice")) } }),
    additionalModelRequestFields: defined({ thinking, top_k, anthropic_beta, output_config }),
    ...(isJsonObject(format["schema"]) && {
      outputConfig: {
        textFormat: { type: "json_schema", structure: { jsonSchema: { schema: JSON.stringify(format["schema"]) } } },
      },
    }),
  };
}

function blocksOf(content: Json | undefined): JsonObject[] {
  if (typeof content === "string") return [{ text: content }];
  if (!isJsonArray(content)) return [];
  return content.flatMap((block) => {
    const made = blockOf(block);
    return isJsonObject(block) && isJsonObject(block["cache_control"]) ? [...made, cachePoint(block)] : made;
  });
}

function cachePoint(block: JsonObject): JsonObject {
  return { cachePoint: defined({ type: "default", ttl: objectAt(block, "cache_control")["ttl"] }) };
}

function blockOf(block: Json): JsonObject[] {
  if (!isJsonObject(block)) return [];
  const source = objectAt(block, "source");
  const bytes = stringAt(source, "data");
  switch (block["type"]) {
    case "text":
      return [{ text: stringAt(block, "text") ?? "" }];
    case "image":
      return [
        { image: { format: (stringAt(source, "media_type") ?? "").replace("image/", ""), source: defined({ bytes }) } },
      ];
    case "document":
      return [
        {
          document: {
            format: stringAt(source, "media_type") === "application/pdf" ? "pdf" : "txt",
            name: stringAt(block, "title") ?? "document",
            source: documentSource(source, bytes),
            ...(isJsonObject(block["citations"]) && { citations: block["citations"] }),
          },
        },
      ];
    case "tool_use":
      return [
        {
          toolUse: {
            toolUseId: stringAt(block, "id") ?? "",
            name: stringAt(block, "name") ?? "",
            input: objectAt(block, "input"),
          },
        },
      ];
    case "tool_result":
      return [
        {
          toolResult: {
            toolUseId: stringAt(block, "tool_use_id") ?? "",
            content: blocksOf(block["content"]),
            status: block["is_error"] === true ? "error" : "success",
          },
        },
      ];
    case "thinking":
      return [
        {
          reasoningContent: {
            reasoningText: defined({ text: block["thinking"], signature: block["signature"] }),
          },
        },
      ];
    case "redacted_thinking":
      return [{ reasoningContent: defined({ redactedContent: block["data"] }) }];
    default:
      return [];
  }
}

function documentSource(source: JsonObject, data: string | undefined): JsonObject {
  if (source["type"] === "text") return { text: data ?? "" };
  if (source["type"] === "content") {
    return { content: blocksOf(source["content"]).flatMap((block) => (block["text"] === undefined ? [] : [block])) };
  }
  return defined({ bytes: data });
}

function toolOf(tool: Json): JsonObject[] {
  const name = stringAt(tool, "name");
  if (name === undefined || !isJsonObject(tool)) return [];
  const toolSpec = defined({
    name,
    description: stringAt(tool, "description"),
    inputSchema: { json: objectAt(tool, "input_schema") },
    strict: tool["strict"],
  });
  return isJsonObject(tool["cache_control"]) ? [{ toolSpec }, cachePoint(tool)] : [{ toolSpec }];
}

function choiceOf(choice: JsonObject): JsonObject {
  const name = stringAt(choice, "name");
  if (name !== undefined) return { tool: { name } };
  return stringAt(choice, "type") === "any" ? { any: {} } : { auto: {} };
}
