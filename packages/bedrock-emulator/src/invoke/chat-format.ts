import { randomUUID } from "node:crypto";
import { arrayAt, isJsonObject, type Json, type JsonObject, objectAt, parseJson, stringAt } from "../json.ts";
import { ChatChunks, collectChat } from "../mantle/chat-shapes.ts";
import { checkFields } from "./check-fields.ts";
import type { NativeAnswer, NativeFormat } from "./native-format.ts";
import { defined } from "./text-format.ts";

/** The chat bodies that the open-weight models, Jamba and Mistral's newer ones have in common. */
export const chatFormat: NativeFormat = {
  toConverse(body) {
    checkFields(body, {
      messages: { type: "JSONArray", required: true },
      model: { type: "String" },
      max_tokens: { type: "Integer", min: 1 },
      max_completion_tokens: { type: "Integer", min: 1 },
      temperature: { type: "Number", min: 0, max: 2 },
      top_p: { type: "Number", min: 0, max: 1 },
      top_k: { type: "Integer", min: 0 },
      n: { type: "Integer", min: 1 },
      stop: { type: "JSONArray" },
      stream: { type: "Boolean" },
      seed: { type: "Integer" },
      frequency_penalty: { type: "Number" },
      presence_penalty: { type: "Number" },
      tools: { type: "JSONArray" },
      tool_choice: { type: typeof body["tool_choice"] === "string" ? "String" : "JSONObject" },
      response_format: { type: "JSONObject" },
      documents: { type: "JSONArray" },
      reasoning_effort: { type: "String" },
      reasoning_config: { type: "String" },
    });
    const { reasoning_effort, reasoning_config } = body;
    const messages = arrayAt(body, "messages");
    const tools = body["tool_choice"] === "none" ? [] : arrayAt(body, "tools").map(toolOf);
    return {
      system: messages.filter(isSystem).flatMap(contentOf),
      messages: messages.filter((message) => !isSystem(message)).map(messageOf),
      inferenceConfig: defined({
        maxTokens: body["max_completion_tokens"] ?? body["max_tokens"],
        temperature: body["temperature"],
        topP: body["top_p"],
        stopSequences: body["stop"],
      }),
      ...(tools.length > 0 && { toolConfig: { tools, toolChoice: choiceOf(body["tool_choice"]) } }),
      additionalModelRequestFields: defined({ reasoning_effort, reasoning_config }),
    };
  },
  answer: (request, answer) => ({
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: request.model.modelId,
    choices: [collectChat(answer.events, "reasoning")],
    usage: usageOf(answer),
  }),
  stream(request) {
    const chunks = new ChatChunks("reasoning");
    const head = {
      id: `chatcmpl-${randomUUID()}`,
      created: Math.floor(Date.now() / 1000),
      model: request.model.modelId,
    };
    const dress = (part: object): object => ({ ...head, object: "chat.completion.chunk", ...part });
    return {
      begin: () => [dress(chunks.first())],
      take: (event) => chunks.take(event).map(dress),
      end: (answer) => [dress({ choices: [], usage: usageOf(answer) })],
    };
  },
};

function usageOf(answer: NativeAnswer): object {
  return {
    prompt_tokens: answer.inputTokens,
    completion_tokens: answer.outputTokens,
    total_tokens: answer.inputTokens + answer.outputTokens,
  };
}

function isSystem(message: Json): boolean {
  return ["system", "developer"].includes(stringAt(message, "role") ?? "");
}

function messageOf(message: Json): JsonObject {
  if (stringAt(message, "role") === "tool") {
    const toolUseId = stringAt(message, "tool_call_id") ?? "";
    return { role: "user", content: [{ toolResult: { toolUseId, content: contentOf(message) } }] };
  }
  const uses = arrayAt(message, "tool_calls").map((call) => ({
    toolUse: {
      toolUseId: stringAt(call, "id") ?? "",
      name: stringAt(objectAt(call, "function"), "name") ?? "",
      input: argumentsOf(stringAt(objectAt(call, "function"), "arguments") ?? "{}"),
    },
  }));
  return {
    role: stringAt(message, "role") === "assistant" ? "assistant" : "user",
    content: [...contentOf(message), ...uses],
  };
}

function contentOf(message: Json): JsonObject[] {
  const plain = stringAt(message, "content");
  if (plain !== undefined) return [{ text: plain }];
  return arrayAt(message, "content").flatMap((part): JsonObject[] => {
    const text = stringAt(part, "text");
    const [, format, bytes] =
      /^data:image\/(\w+);base64,(.*)$/s.exec(stringAt(objectAt(part, "image_url"), "url") ?? "") ?? [];
    if (format !== undefined && bytes !== undefined) return [{ image: { format, source: { bytes } } }];
    return text === undefined ? [] : [{ text }];
  });
}

function toolOf(tool: Json): JsonObject {
  const spec = objectAt(tool, "function");
  return {
    toolSpec: {
      name: stringAt(spec, "name") ?? "",
      description: stringAt(spec, "description") ?? "",
      inputSchema: { json: objectAt(spec, "parameters") },
    },
  };
}

function choiceOf(choice: Json | undefined): JsonObject {
  const name = stringAt(objectAt(choice, "function"), "name");
  if (name !== undefined) return { tool: { name } };
  return choice === "required" || choice === "any" ? { any: {} } : { auto: {} };
}

function argumentsOf(text: string): JsonObject {
  try {
    const value = parseJson(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}
