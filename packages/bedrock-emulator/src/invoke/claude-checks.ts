import { invalid } from "../http/service-error.ts";
import { arrayAt, isJsonArray, isJsonObject, type Json, type JsonObject, numberAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";
import { claudeRefusal } from "./claude-refusals.ts";

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
    if (body[key] === undefined || body[key] === null) throw invalid(claudeRefusal("claude-field-missing", key));
  }
  const known = [...required, ...optional, ...extra.required, ...extra.optional];
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) throw invalid(claudeRefusal("claude-field-unknown", unknown));
  checkNumbers(body, model);
  const messages = body["messages"];
  if (!isJsonArray(messages)) throw invalid(claudeRefusal("claude-list", "messages"));
  if (messages.length === 0) throw invalid(claudeRefusal("claude-no-messages"));
  for (const [index, message] of messages.entries()) checkMessage(message, index);
  checkPairs(messages);
  for (const [index, tool] of arrayAt(body, "tools").entries()) {
    const name = stringAt(tool, "name");
    if (name === undefined) throw invalid(claudeRefusal("claude-field-missing", `tools.${index}.custom.name`));
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) throw invalid(claudeRefusal("claude-tool-name", index));
    if ((stringAt(tool, "type") ?? "custom") === "custom" && isJsonObject(tool) && tool["input_schema"] === undefined)
      throw invalid(claudeRefusal("claude-field-missing", `tools.${index}.custom.input_schema`));
  }
}

function checkNumbers(body: JsonObject, model: AddressedModel): void {
  const maxTokens = body["max_tokens"];
  if (typeof maxTokens !== "number" || !Number.isInteger(maxTokens)) throw invalid(claudeRefusal("claude-integer"));
  if (maxTokens < 1) throw invalid(claudeRefusal("claude-max-tokens-minimum"));
  const limit = model.behaviour?.maxOutput ?? Number.POSITIVE_INFINITY;
  if (maxTokens > limit) {
    throw invalid(claudeRefusal("claude-max-tokens", maxTokens, limit, model.modelId));
  }
  for (const key of ["temperature", "top_p"]) {
    if (body[key] !== undefined && typeof body[key] !== "number") throw invalid(claudeRefusal("claude-number", key));
    const value = numberAt(body, key) ?? 0;
    if (value < 0 || value > 1) throw invalid(claudeRefusal("claude-range", key));
  }
}

function checkMessage(message: Json, index: number): void {
  const at = `messages.${index}`;
  if (!isJsonObject(message)) throw invalid(claudeRefusal("claude-message", at));
  const role = message["role"];
  if (role === undefined) throw invalid(claudeRefusal("claude-field-missing", `${at}.role`));
  // A system message in the middle of a conversation is in recorded traffic.
  if (role !== "user" && role !== "assistant" && !(role === "system" && index > 0)) {
    throw invalid(claudeRefusal("claude-role", String(role)));
  }
  const content = message["content"];
  if (content === undefined) throw invalid(claudeRefusal("claude-field-missing", `${at}.content`));
  if (typeof content === "string") {
    if (content === "") throw invalid(claudeRefusal("claude-empty-content", at));
    return;
  }
  if (!isJsonArray(content)) throw invalid(claudeRefusal("claude-list", `${at}.content`));
  for (const [position, block] of content.entries()) checkBlock(block, `${at}.content.${position}`);
}

function checkBlock(block: Json, at: string): void {
  const type = stringAt(block, "type");
  if (type === undefined) throw invalid(claudeRefusal("claude-field-missing", `${at}.type`));
  if (!blockTypes.includes(type)) {
    throw invalid(claudeRefusal("claude-block-type", at, type, blockTypes));
  }
  const missing = contentKeys[type]?.find((key) => !isJsonObject(block) || block[key] === undefined);
  if (missing !== undefined) throw invalid(claudeRefusal("claude-field-missing", `${at}.${type}.${missing}`));
  if (type === "text" && stringAt(block, "text") === "") throw invalid(claudeRefusal("claude-empty-text"));
}

/** Every tool use has its result in the next message, and every result its use in the one before. */
function checkPairs(messages: readonly Json[]): void {
  for (const [index, message] of messages.entries()) {
    const uses = ids(message, "tool_use", "id");
    const results = index + 1 < messages.length ? ids(messages[index + 1], "tool_result", "tool_use_id") : [];
    const open = uses.filter((id) => !results.includes(id));
    if (open.length > 0) {
      throw invalid(claudeRefusal("claude-result-missing", index, open));
    }
    const known = index > 0 ? ids(messages[index - 1], "tool_use", "id") : [];
    const stray = ids(message, "tool_result", "tool_use_id").find((id) => !known.includes(id));
    if (stray !== undefined) {
      throw invalid(claudeRefusal("claude-result-stray", index, stray));
    }
  }
}

function ids(message: Json | undefined, type: string, key: string): string[] {
  return arrayAt(message, "content").flatMap((block) =>
    stringAt(block, "type") === type ? [stringAt(block, key) ?? ""] : [],
  );
}
