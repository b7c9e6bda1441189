import type { ToolChoice, Turn, TurnMessage, TurnPart } from "../engine/turn.ts";
import {
  arrayAt,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  numberAt,
  objectAt,
  parseJson,
  stringAt,
} from "../json.ts";
import { behaviours } from "../models/behaviour.ts";
import { mantleInvalid } from "./mantle-error.ts";
import { mantleRefusal } from "./mantle-refusals.ts";
import type { MantleModel } from "./models.ts";

/** A Chat Completions body as a turn. Throws a 400 of OpenAI's shape. */
export function chatTurn(body: JsonObject, model: MantleModel): Turn {
  const messages = arrayAt(body, "messages");
  requireItems(body, "messages");
  const behaviour = behaviours[model.behaviour];
  const { thinking } = behaviour;
  const temperature = numberAt(body, "temperature");
  const topP = numberAt(body, "top_p");
  const stop = body["stop"];
  const answerSchema = schemaOf(objectAt(body, "response_format"));
  return {
    modelId: model.id,
    system: messages.filter(isSystem).map((message) => contentText(message)),
    messages: messages.filter((message) => !isSystem(message)).map(messageOf),
    tools: arrayAt(body, "tools").map((tool) => {
      const spec = objectAt(tool, "function");
      const name = stringAt(spec, "name");
      if (!name) throw mantleInvalid(mantleRefusal("parameter-missing", "tools[].function.name"), "tools");
      return { name, description: stringAt(spec, "description") ?? "", schema: objectAt(spec, "parameters") };
    }),
    toolChoice: choiceOf(body["tool_choice"]),
    thinking: {
      on: thinking !== undefined && (thinking.byDefault || body["reasoning_effort"] !== undefined),
      signed: false,
      visible: true,
    },
    maxTokens: numberAt(body, "max_completion_tokens") ?? numberAt(body, "max_tokens") ?? behaviour.maxOutput,
    stopSequences: (Array.isArray(stop) ? stop : [stop]).filter((sequence) => typeof sequence === "string"),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(answerSchema && { answerSchema }),
  };
}

/** Refuses what is no list, or one without an item. */
export function requireItems(body: JsonObject, name: "messages" | "input"): void {
  const value = body[name];
  if (value !== undefined && !isJsonArray(value)) {
    const found = value === null ? "null" : isJsonObject(value) ? "an object" : `a ${typeof value}`;
    throw mantleInvalid(mantleRefusal("parameter-type", name, found), name);
  }
  if (arrayAt(body, name).length === 0) throw mantleInvalid(mantleRefusal("parameter-empty", name), name);
}

function schemaOf(format: JsonObject): JsonObject | undefined {
  const schema = objectAt(format, "json_schema")["schema"];
  return stringAt(format, "type") === "json_schema" && isJsonObject(schema) ? schema : undefined;
}

function isSystem(message: Json): boolean {
  const role = stringAt(message, "role");
  return role === "system" || role === "developer";
}

function messageOf(message: Json): TurnMessage {
  const role = stringAt(message, "role");
  if (role === "tool") {
    const id = stringAt(message, "tool_call_id");
    if (!id) throw mantleInvalid(mantleRefusal("parameter-missing", "messages[].tool_call_id"), "messages");
    return { role: "user", parts: [{ kind: "toolResult", id, text: contentText(message), failed: false }] };
  }
  if (role !== "user" && role !== "assistant") {
    throw mantleInvalid(
      mantleRefusal("parameter-value", String(role), "'system', 'assistant', 'user', 'tool', and 'developer'"),
      "messages",
    );
  }
  const text = contentText(message);
  const parts: TurnPart[] = text ? [{ kind: "text", text }] : [];
  for (const item of arrayAt(message, "content")) {
    const url = stringAt(objectAt(item, "image_url"), "url");
    if (url)
      parts.push({
        kind: "media",
        media: "image",
        format: /^data:image\/(\w+)/.exec(url)?.[1] ?? "url",
        bytes: url.length,
      });
  }
  for (const call of arrayAt(message, "tool_calls")) {
    const spec = objectAt(call, "function");
    parts.push({
      kind: "toolUse",
      id: stringAt(call, "id") ?? "",
      name: stringAt(spec, "name") ?? "",
      input: argumentsOf(stringAt(spec, "arguments") ?? "{}"),
    });
  }
  return { role, parts };
}

function contentText(message: Json): string {
  const plain = stringAt(message, "content");
  if (plain !== undefined) return plain;
  return arrayAt(message, "content")
    .map((item) => stringAt(item, "text") ?? "")
    .filter(Boolean)
    .join("\n");
}

function argumentsOf(text: string): JsonObject {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

function choiceOf(choice: Json | undefined): ToolChoice {
  if (choice === "none") return { kind: "none" };
  if (choice === "required") return { kind: "any" };
  const name = stringAt(objectAt(choice, "function"), "name");
  return name ? { kind: "tool", name } : { kind: "auto" };
}
