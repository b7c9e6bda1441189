import { invalid } from "../http/service-error.ts";
import { arrayAt, isJsonArray, isJsonObject, type Json, type JsonObject, numberAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";

const required = ["messages", "max_tokens"];
const optional = [
  "anthropic_beta",
  "container",
  "context_management",
  "metadata",
  "output_config",
  "service_tier",
  "stop_sequences",
  "system",
  "temperature",
  "thinking",
  "tool_choice",
  "tools",
  "top_k",
  "top_p",
];
const blockTypes = [
  "document",
  "image",
  "redacted_thinking",
  "search_result",
  "text",
  "thinking",
  "tool_result",
  "tool_use",
];
const contentKeys: Readonly<Record<string, readonly string[]>> = {
  text: ["text"],
  image: ["source"],
  document: ["source"],
  tool_use: ["id", "name", "input"],
  tool_result: ["tool_use_id"],
  thinking: ["thinking", "signature"],
  redacted_thinking: ["data"],
};

/**
 * Checks a body of Anthropic's Messages API as the model does, in Anthropic's own words. `extra` names further keys that the
 * surface takes: `anthropic_version` on the runtime, `model` and `stream` on Mantle. Throws a 400 without the prefix that Converse
 * puts before refusals of the model.
 */
export function checkClaudeBody(
  body: JsonObject,
  model: AddressedModel,
  extra: { readonly required: readonly string[]; readonly optional: readonly string[] },
): void {
  for (const key of [...extra.required, ...required]) {
    if (body[key] === undefined || body[key] === null) throw invalid(`${key}: Field required`);
  }
  const known = [...required, ...optional, ...extra.required, ...extra.optional];
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(`${unknown}: Extra inputs are not permitted`);
  checkNumbers(body, model);
  const messages = body["messages"];
  if (!isJsonArray(messages)) throw invalid("messages: Input should be a valid list");
  if (messages.length === 0) throw invalid("messages: at least one message is required");
  for (const [index, message] of messages.entries()) checkMessage(message, index);
  checkPairs(messages);
  for (const [index, tool] of arrayAt(body, "tools").entries()) {
    const name = stringAt(tool, "name");
    if (name === undefined) throw invalid(`tools.${index}.custom.name: Field required`);
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name))
      throw invalid(`tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    if ((stringAt(tool, "type") ?? "custom") === "custom" && isJsonObject(tool) && tool["input_schema"] === undefined)
      throw invalid(`tools.${index}.custom.input_schema: Field required`);
  }
}

function checkNumbers(body: JsonObject, model: AddressedModel): void {
  const maxTokens = body["max_tokens"];
  if (typeof maxTokens !== "number" || !Number.isInteger(maxTokens))
    throw invalid("max_tokens: Input should be a valid integer");
  if (maxTokens < 1) throw invalid("max_tokens: Input should be greater than or equal to 1");
  const limit = model.behaviour?.maxOutput ?? Number.POSITIVE_INFINITY;
  if (maxTokens > limit) {
    throw invalid(
      `max_tokens: ${maxTokens} > ${limit}, which is the maximum allowed number of output tokens for ${model.modelId}`,
    );
  }
  for (const key of ["temperature", "top_p"]) {
    if (body[key] !== undefined && typeof body[key] !== "number")
      throw invalid(`${key}: Input should be a valid number`);
    const value = numberAt(body, key) ?? 0;
    if (value < 0 || value > 1) throw invalid(`${key}: range: 0..1`);
  }
}

function checkMessage(message: Json, index: number): void {
  const at = `messages.${index}`;
  if (!isJsonObject(message))
    throw invalid(`${at}: Input should be a valid dictionary or object to extract fields from`);
  const role = message["role"];
  if (role === undefined) throw invalid(`${at}.role: Field required`);
  // A system message in the middle of a conversation is in recorded traffic.
  if (role !== "user" && role !== "assistant" && !(role === "system" && index > 0)) {
    throw invalid(
      `messages: Unexpected role "${String(role)}". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`,
    );
  }
  const content = message["content"];
  if (content === undefined) throw invalid(`${at}.content: Field required`);
  if (typeof content === "string") {
    if (content === "") throw invalid(`${at}: user messages must have non-empty content`);
    return;
  }
  if (!isJsonArray(content)) throw invalid(`${at}.content: Input should be a valid list`);
  for (const [position, block] of content.entries()) checkBlock(block, `${at}.content.${position}`);
}

function checkBlock(block: Json, at: string): void {
  const type = stringAt(block, "type");
  if (type === undefined) throw invalid(`${at}.type: Field required`);
  if (!blockTypes.includes(type)) {
    throw invalid(
      `${at}: Input tag '${type}' found using 'type' does not match any of the expected tags: ${blockTypes.map((tag) => `'${tag}'`).join(", ")}`,
    );
  }
  const missing = contentKeys[type]?.find((key) => !isJsonObject(block) || block[key] === undefined);
  if (missing !== undefined) throw invalid(`${at}.${type}.${missing}: Field required`);
  if (type === "text" && stringAt(block, "text") === "")
    throw invalid("messages: text content blocks must be non-empty");
}

/** Every tool use has its result in the next message, and every result its use in the one before. */
function checkPairs(messages: readonly Json[]): void {
  for (const [index, message] of messages.entries()) {
    const uses = ids(message, "tool_use", "id");
    const results = index + 1 < messages.length ? ids(messages[index + 1], "tool_result", "tool_use_id") : [];
    const open = uses.filter((id) => !results.includes(id));
    if (open.length > 0) {
      throw invalid(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(", ")}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    }
    const known = index > 0 ? ids(messages[index - 1], "tool_use", "id") : [];
    const stray = ids(message, "tool_result", "tool_use_id").find((id) => !known.includes(id));
    if (stray !== undefined) {
      throw invalid(
        `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
  }
}

function ids(message: Json | undefined, type: string, key: string): string[] {
  return arrayAt(message, "content").flatMap((block) =>
    stringAt(block, "type") === type ? [stringAt(block, key) ?? ""] : [],
  );
}
