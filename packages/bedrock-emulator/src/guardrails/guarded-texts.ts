import { arrayAt, isJsonObject, type Json, type JsonObject, objectAt, stringAt } from "../json.ts";

/**
 * The texts of a Converse request that a guardrail assesses: of the messages, those in `guardContent` where any stands,
 * otherwise all user and assistant text; of the system prompt only what stands in `guardContent`. Tools are never assessed
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html).
 */
export function guardedTexts(body: JsonObject): string[] {
  const blocks = arrayAt(body, "messages").flatMap((message) => arrayAt(message, "content"));
  const guarded = blocks.flatMap(guardContentText);
  const system = arrayAt(body, "system").flatMap(guardContentText);
  const plain = blocks.flatMap((block) => {
    const text = stringAt(block, "text");
    return text === undefined ? [] : [text];
  });
  return [...system, ...(guarded.length > 0 ? guarded : plain)];
}

function guardContentText(block: Json): string[] {
  if (!isJsonObject(block)) return [];
  const text = stringAt(objectAt(objectAt(block, "guardContent"), "text"), "text");
  return text === undefined ? [] : [text];
}
