import type { Turn, TurnMessage, TurnPart } from "../../engine/turn.ts";
import {
  arrayAt,
  isJsonObject,
  type Json,
  type JsonObject,
  numberAt,
  objectAt,
  parseJson,
  stringAt,
} from "../../json.ts";
import { behaviours } from "../../models/behaviour.ts";
import { mantleInvalid } from "../mantle-error.ts";
import { mantleRefusal } from "../mantle-refusals.ts";
import type { MantleModel } from "../models.ts";
import { requireItems } from "../to-turn.ts";

const known = [
  "background",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "metadata",
  "model",
  "parallel_tool_calls",
  "previous_response_id",
  "prompt_cache_key",
  "prompt_cache_retention",
  "reasoning",
  "safety_identifier",
  "service_tier",
  "store",
  "stream",
  "stream_options",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "truncation",
  "user",
];

/** A body of the Responses API as a turn. Throws a 400 of OpenAI's shape. */
export function responsesTurn(body: JsonObject, model: MantleModel): Turn {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw mantleInvalid(mantleRefusal("parameter-unknown", unknown), unknown);
  const previous = stringAt(body, "previous_response_id");
  if (previous !== undefined) throw mantleInvalid(mantleRefusal("previous-response", previous), "previous_response_id");
  const input = body["input"];
  if (input === undefined) throw mantleInvalid(mantleRefusal("parameter-missing", "input"), "input");
  const items = typeof input === "string" ? [{ role: "user", content: input }] : arrayAt(body, "input");
  if (typeof input !== "string") requireItems(body, "input");
  const behaviour = behaviours[model.behaviour];
  const { thinking } = behaviour;
  const instructions = stringAt(body, "instructions");
  const format = objectAt(objectAt(body, "text"), "format");
  const temperature = numberAt(body, "temperature");
  const topP = numberAt(body, "top_p");
  return {
    modelId: model.id,
    system: [...(instructions === undefined ? [] : [instructions]), ...items.filter(isSystem).map(itemText)],
    messages: items.filter((item) => !isSystem(item)).flatMap(messageOf),
    tools: arrayAt(body, "tools").flatMap((tool) => {
      if (stringAt(tool, "type") !== "function") return [];
      const name = stringAt(tool, "name");
      if (!name) throw mantleInvalid(mantleRefusal("parameter-missing", "tools[].name"), "tools");
      return [{ name, description: stringAt(tool, "description") ?? "", schema: objectAt(tool, "parameters") }];
    }),
    toolChoice: choiceOf(body["tool_choice"]),
    thinking: {
      on: thinking !== undefined && stringAt(objectAt(body, "reasoning"), "effort") !== "none",
      signed: false,
      visible: true,
    },
    maxTokens: numberAt(body, "max_output_tokens") ?? behaviour.maxOutput,
    stopSequences: [],
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stringAt(format, "type") === "json_schema" && { answerSchema: objectAt(format, "schema") }),
  };
}

function isSystem(item: Json): boolean {
  return ["system", "developer"].includes(stringAt(item, "role") ?? "");
}

function itemText(item: Json): string {
  const plain = stringAt(item, "content");
  if (plain !== undefined) return plain;
  return arrayAt(item, "content")
    .flatMap((part) => stringAt(part, "text") ?? [])
    .join("\n");
}

function messageOf(item: Json): TurnMessage[] {
  switch (stringAt(item, "type") ?? "message") {
    case "message": {
      const role = stringAt(item, "role");
      if (role !== "user" && role !== "assistant")
        throw mantleInvalid(
          mantleRefusal("parameter-value", String(role), "'assistant', 'system', 'developer', and 'user'"),
          "input",
        );
      return [{ role, parts: [...textPart(itemText(item)), ...arrayAt(item, "content").flatMap(imagePart)] }];
    }
    case "function_call":
      return [
        {
          role: "assistant",
          parts: [
            {
              kind: "toolUse",
              id: callId(item),
              name: stringAt(item, "name") ?? "",
              input: argumentsOf(stringAt(item, "arguments") ?? "{}"),
            },
          ],
        },
      ];
    case "function_call_output":
      return [
        {
          role: "user",
          parts: [{ kind: "toolResult", id: callId(item), text: stringAt(item, "output") ?? "", failed: false }],
        },
      ];
    case "reasoning":
      return [];
    default:
      throw mantleInvalid(mantleRefusal("item-type", String(stringAt(item, "type"))), "input");
  }
}

function callId(item: Json): string {
  const id = stringAt(item, "call_id");
  if (id === undefined) throw mantleInvalid(mantleRefusal("parameter-missing", "input[].call_id"), "input");
  return id;
}

function textPart(text: string): TurnPart[] {
  return text === "" ? [] : [{ kind: "text", text }];
}

function imagePart(part: Json): TurnPart[] {
  const url = stringAt(part, "image_url");
  if (stringAt(part, "type") !== "input_image" || url === undefined) return [];
  const format = /^data:image\/(\w+)/.exec(url)?.[1] ?? "url";
  return [{ kind: "media", media: "image", format, bytes: url.length }];
}

function choiceOf(choice: Json | undefined): Turn["toolChoice"] {
  if (choice === "none") return { kind: "none" };
  if (choice === "required") return { kind: "any" };
  const name = isJsonObject(choice) ? stringAt(choice, "name") : undefined;
  return name === undefined ? { kind: "auto" } : { kind: "tool", name };
}

function argumentsOf(text: string): JsonObject {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
