import { BedrockError, type Message } from "@clawrock/conversation";

type Json = Readonly<Record<string, unknown>>;

/**
 * Refuses what no repair can read: values of the wrong type from callers without types. What merely makes no sense to the
 * service (blank, broken, orphaned, unknown) passes, and is repaired.
 *
 * @throws BedrockError of kind `invalid-request` that names the path (`messages[3].content[1].data`) and what belongs there
 */
export function checkMessages(messages: readonly Message[]): void {
  if (!Array.isArray(messages)) throw wrong("messages", messages, "Give a list of messages");
  for (let at = 0; at < messages.length; at++) {
    try {
      checkMessage(messages[at], `messages[${at}]`);
    } catch (error) {
      if (error instanceof BedrockError) throw error;
      const said = error instanceof Error ? error.message : String(error);
      throw new BedrockError({
        kind: "invalid-request",
        problem: `messages[${at}] cannot be read: ${said}`,
        fix: "Give plain data, without getters or proxies that throw",
      });
    }
  }
}

function checkMessage(message: unknown, path: string): void {
  const { role, content, toolCallId, toolName } = objectAt(message, path, "Give an object with role and content");
  if (typeof role !== "string") throw wrong(`${path}.role`, role, 'Give "user", "assistant" or "toolResult"');
  if (role === "toolResult") {
    text(toolCallId, `${path}.toolCallId`, "Give the id of the call");
    text(toolName, `${path}.toolName`, "Give the name of the tool");
  }
  if (typeof content === "string") return;
  if (!Array.isArray(content)) throw wrong(`${path}.content`, content, "Give a text or a list of parts");
  for (let block = 0; block < content.length; block++) checkPart(content[block], `${path}.content[${block}]`);
}

function checkPart(value: unknown, path: string): void {
  const part = objectAt(value, path, 'Give an object such as { type: "text", text: "…" }');
  switch (text(part["type"], `${path}.type`, "Give the kind of the part, such as text or image")) {
    case "text":
      text(part["text"], `${path}.text`, "Give the text");
      checkGuard(part["guard"], `${path}.guard`);
      return;
    case "thinking":
      text(part["thinking"], `${path}.thinking`, "Give the text of the thinking; an empty one is fine");
      optional(part["thinkingSignature"], `${path}.thinkingSignature`);
      return;
    case "toolCall":
      text(part["id"], `${path}.id`, "Give the id of the call");
      text(part["name"], `${path}.name`, "Give the name of the tool");
      return;
    case "image":
      source(part, path);
      text(part["mimeType"], `${path}.mimeType`, "Give its MIME type, such as image/png");
      checkGuard(part["guard"], `${path}.guard`);
      return;
    case "document":
      source(part, path);
      text(part["name"], `${path}.name`, "Give the document's name");
      text(part["format"], `${path}.format`, "Give its format, such as pdf");
      optional(part["text"], `${path}.text`);
      optional(part["context"], `${path}.context`);
      if (part["citations"] !== undefined && typeof part["citations"] !== "boolean") {
        throw wrong(`${path}.citations`, part["citations"], "Give true or false");
      }
      if (part["chunks"] !== undefined) texts(part["chunks"], `${path}.chunks`);
      return;
    case "cachePoint":
      checkTtl(part["ttl"], `${path}.ttl`);
      return;
    case "video":
      source(part, path);
      text(part["format"], `${path}.format`, "Give its format, such as mp4");
      return;
  }
}

const QUALIFIERS: readonly unknown[] = ["guard_content", "grounding_source", "query"];

function checkGuard(guard: unknown, path: string): void {
  if (guard === undefined) return;
  const fix = "Give a list of guard_content, grounding_source and query";
  if (!Array.isArray(guard)) throw wrong(path, guard, fix);
  const bad = guard.findIndex((qualifier) => !QUALIFIERS.includes(qualifier));
  if (bad >= 0) throw wrong(`${path}[${bad}]`, guard[bad], fix);
}

/** @throws BedrockError of kind `invalid-request` for another life of a cache point than the service knows */
export function checkTtl(ttl: unknown, path: string): void {
  if (ttl !== undefined && ttl !== "5m" && ttl !== "1h") throw wrong(path, ttl, 'Give "5m" or "1h", or leave it out');
}

function source(part: Json, path: string): void {
  if (part["s3"] === undefined) {
    const elsewhere = part["text"] !== undefined || part["chunks"] !== undefined;
    if (elsewhere && part["data"] === undefined) return;
    text(part["data"], `${path}.data`, "Give the bytes as base64");
    return;
  }
  const { uri, bucketOwner } = objectAt(part["s3"], `${path}.s3`, 'Give { uri: "s3://bucket/key" }');
  if (typeof uri !== "string" || !/^s3:\/\/[a-z0-9]/u.test(uri)) {
    throw wrong(`${path}.s3.uri`, uri, "Give an address such as s3://bucket/key");
  }
  optional(bucketOwner, `${path}.s3.bucketOwner`);
}

function texts(value: unknown, path: string): void {
  if (!Array.isArray(value)) throw wrong(path, value, "Give a list of texts");
  for (let index = 0; index < value.length; index++) text(value[index], `${path}[${index}]`, "Give a text");
}

function text(value: unknown, path: string, fix: string): string {
  if (typeof value !== "string") throw wrong(path, value, fix);
  return value;
}

function optional(value: unknown, path: string): void {
  if (value !== undefined) text(value, path, "Give a text, or leave it out");
}

function objectAt(value: unknown, path: string, fix: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(path, value, fix);
  return value as Json;
}

/** The error of a value that cannot be used. Values are named by their type only: a long text is no help. */
export function wrong(path: string, value: unknown, fix: string): BedrockError {
  return new BedrockError({ kind: "invalid-request", problem: `${path} is ${kindOf(value)}`, fix });
}

function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${value}`;
  return value instanceof Uint8Array ? "bytes" : `of type ${typeof value}`;
}
