import type { CitedDocument, ToolChoice, Turn, TurnMessage, TurnPart, TurnTool } from "../engine/turn.ts";
import { arrayAt, isJsonObject, type Json, type JsonObject, numberAt, objectAt, parseJson, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";
import { thinkingOf } from "./thinking.ts";

/** A Converse request body as a turn. The body has passed validation. */
export function converseTurn(body: JsonObject, model: AddressedModel): Turn {
  const inference = objectAt(body, "inferenceConfig");
  const toolConfig = objectAt(body, "toolConfig");
  const temperature = numberAt(inference, "temperature");
  const topP = numberAt(inference, "topP");
  const answerSchema = schemaOf(body);
  return {
    modelId: model.modelId,
    system: arrayAt(body, "system").flatMap((block) => textsOf(block)),
    messages: arrayAt(body, "messages").map(messageOf),
    tools: arrayAt(toolConfig, "tools").flatMap(toolOf),
    systemTools: arrayAt(toolConfig, "tools").flatMap((tool) => stringAt(objectAt(tool, "systemTool"), "name") ?? []),
    toolChoice: choiceOf(toolConfig),
    thinking: thinkingOf(model, objectAt(body, "additionalModelRequestFields")),
    maxTokens: numberAt(inference, "maxTokens") ?? model.behaviour?.maxOutput ?? 4_096,
    stopSequences: arrayAt(inference, "stopSequences").filter((sequence) => typeof sequence === "string"),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(answerSchema && { answerSchema }),
  };
}

function messageOf(message: Json): TurnMessage {
  return {
    role: stringAt(message, "role") === "assistant" ? "assistant" : "user",
    parts: arrayAt(message, "content").flatMap(partsOf),
  };
}

function partsOf(block: Json): TurnPart[] {
  if (!isJsonObject(block)) return [];
  if (isJsonObject(block["toolUse"])) {
    const use = block["toolUse"];
    return [
      {
        kind: "toolUse",
        id: stringAt(use, "toolUseId") ?? "",
        name: stringAt(use, "name") ?? "",
        input: objectAt(use, "input"),
      },
    ];
  }
  if (isJsonObject(block["toolResult"])) {
    const result = block["toolResult"];
    return [
      {
        kind: "toolResult",
        id: stringAt(result, "toolUseId") ?? "",
        text: arrayAt(result, "content").map(resultText).join("\n"),
        failed: stringAt(result, "status") === "error",
      },
    ];
  }
  if (isJsonObject(block["reasoningContent"])) {
    return [{ kind: "reasoning", text: stringAt(objectAt(block["reasoningContent"], "reasoningText"), "text") ?? "" }];
  }
  for (const media of ["image", "document", "video"] as const) {
    if (isJsonObject(block[media])) return [mediaOf(media, block[media])];
  }
  return textsOf(block).map((text) => ({ kind: "text", text }));
}

/** The text of a block, of guarded content and of a cited answer too. */
function textsOf(block: Json): string[] {
  const cited = arrayAt(objectAt(block, "citationsContent"), "content");
  if (cited.length > 0) return cited.flatMap((part) => stringAt(part, "text") ?? []);
  const text = stringAt(block, "text") ?? stringAt(objectAt(objectAt(block, "guardContent"), "text"), "text");
  return text === undefined ? [] : [text];
}

function mediaOf(media: "image" | "document" | "video", block: JsonObject): TurnPart {
  const source = objectAt(block, "source");
  const bytes = Buffer.from(stringAt(source, "bytes") ?? "", "base64");
  const format = stringAt(block, "format") ?? "txt";
  const name = stringAt(block, "name");
  const readable = media === "document" && ["txt", "md", "csv", "html"].includes(format);
  const chunks = arrayAt(source, "content").flatMap((chunk) => stringAt(chunk, "text") ?? []);
  const text =
    stringAt(source, "text") ??
    (chunks.length > 0 ? chunks.join("\n") : undefined) ??
    (readable ? bytes.toString("utf8") : undefined);
  return {
    kind: "media",
    media,
    format,
    bytes: bytes.length || Buffer.byteLength(text ?? ""),
    ...(name !== undefined && { name }),
    ...(text !== undefined && { text }),
    ...(objectAt(block, "citations")["enabled"] === true && { cited: citedOf(source, format, name ?? "", text) }),
  };
}

function citedOf(source: JsonObject, format: string, name: string, text: string | undefined): CitedDocument {
  const chunks = arrayAt(source, "content").flatMap((chunk) => stringAt(chunk, "text") ?? []);
  if (chunks.length > 0) return { pieces: chunks, location: "documentChunk" };
  if (text !== undefined) return { pieces: [text], location: "documentChar" };
  // Pages are not read: the first stands for them.
  return { pieces: [`Page 1 of ${name} (${format})`], location: "documentPage" };
}

function resultText(block: Json): string {
  const text = stringAt(block, "text");
  if (text !== undefined) return text;
  if (isJsonObject(block) && block["json"] !== undefined) return JSON.stringify(block["json"]);
  const media = isJsonObject(block) ? Object.keys(block)[0] : undefined;
  return media ? `(${media})` : "";
}

function toolOf(entry: Json): TurnTool[] {
  const spec = objectAt(entry, "toolSpec");
  const name = stringAt(spec, "name");
  if (name === undefined) return [];
  return [
    { name, description: stringAt(spec, "description") ?? "", schema: objectAt(objectAt(spec, "inputSchema"), "json") },
  ];
}

function choiceOf(toolConfig: JsonObject): ToolChoice {
  const choice = objectAt(toolConfig, "toolChoice");
  const forced = stringAt(objectAt(choice, "tool"), "name");
  if (forced !== undefined) return { kind: "tool", name: forced };
  return { kind: choice["any"] === undefined ? "auto" : "any" };
}

function schemaOf(body: JsonObject): JsonObject | undefined {
  const structure = objectAt(objectAt(objectAt(body, "outputConfig"), "textFormat"), "structure");
  const schema = stringAt(objectAt(structure, "jsonSchema"), "schema");
  if (schema === undefined) return undefined;
  try {
    const parsed = parseJson(schema);
    return isJsonObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
