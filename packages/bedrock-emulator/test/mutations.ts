import type { Json, JsonObject } from "../src/index.ts";

/** One way to spoil a Converse request that is accepted. */
export interface Mutation {
  readonly name: string;
  /** The spoilt request; `message` is the index of the message to spoil where one is. */
  readonly spoil: (body: JsonObject, message: number) => JsonObject;
  /** The field that the refusal names; messages count from 1 and `block` is the last block of the message. */
  readonly field: (message: number, block: number) => string;
}

type Message = { readonly role: Json; readonly content: readonly Json[] };

function messagesOf(body: JsonObject): readonly Message[] {
  return Object(body["messages"]);
}

/** Blocks of a message of a request. */
export function blockCount(body: JsonObject, message: number): number {
  return messagesOf(body)[message]?.content.length ?? 0;
}

export function messageCount(body: JsonObject): number {
  return messagesOf(body).length;
}

function inMessage(body: JsonObject, at: number, change: (message: Message) => object): JsonObject {
  const messages = messagesOf(body).map(
    (message, index): Json => (index === at ? Object(change(message)) : Object(message)),
  );
  return { ...body, messages };
}

/** Puts a block behind those of a message. */
function block(name: string, added: Json, member: string): Mutation {
  return {
    name,
    spoil: (body, at) => inMessage(body, at, ({ role, content }) => ({ role, content: [...content, added] })),
    field: (message, index) => `'messages.${message}.member.content.${index}.member${member}'`,
  };
}

/** Sets a member of the request. */
function member(name: string, key: string, value: Json, field: string): Mutation {
  return { name, spoil: (body) => ({ ...body, [key]: value }), field: () => field };
}

const tool = (spec: JsonObject): Json => ({
  tools: [{ toolSpec: { name: "look", inputSchema: { json: { type: "object" } }, ...spec } }],
});
const spec = "'toolConfig.tools.1.member.toolSpec";
const bytes = { source: { bytes: "aGk=" } };
const guardrail = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1" };
const many = (count: number): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, "v"]));

export const mutations: readonly Mutation[] = [
  {
    name: "a message without a role",
    spoil: (body, at) => inMessage(body, at, ({ content }) => ({ content })),
    field: (message) => `'messages.${message}.member.role'`,
  },
  {
    name: "a role that is none",
    spoil: (body, at) => inMessage(body, at, ({ content }) => ({ role: "tutor", content })),
    field: (message) => `'messages.${message}.member.role'`,
  },
  {
    name: "a message without content",
    spoil: (body, at) => inMessage(body, at, ({ role }) => ({ role })),
    field: (message) => `'messages.${message}.member.content'`,
  },
  {
    name: "a blank text",
    spoil: (body, at) => inMessage(body, at, ({ role, content }) => ({ role, content: [...content, { text: "" }] })),
    field: (message, index) => `messages.${message - 1}.content.${index - 1} is blank`,
  },
  block("a block of two kinds", { text: "a", image: { format: "png", ...bytes } }, ""),
  block("a block of no kind", {}, ""),
  block("an image of no known format", { image: { format: "jpg", ...bytes } }, ".image.format"),
  block("an image without a source", { image: { format: "png" } }, ".image.source"),
  block("an image without bytes", { image: { format: "png", source: { bytes: "" } } }, ".image.source.bytes"),
  block("a document of no known format", { document: { name: "a", format: "rtf", ...bytes } }, ".document.format"),
  block("a document without a name", { document: { format: "txt", ...bytes } }, ".document.name"),
  block(
    "a document's name that is too long",
    { document: { name: "a".repeat(201), format: "txt", ...bytes } },
    ".document.name",
  ),
  block(
    "a tool use whose id has a slash",
    { toolUse: { toolUseId: "a/b", name: "look", input: {} } },
    ".toolUse.toolUseId",
  ),
  block("a tool use whose name has a space", { toolUse: { toolUseId: "a", name: "a b", input: {} } }, ".toolUse.name"),
  block("a tool use without input", { toolUse: { toolUseId: "a", name: "look" } }, ".toolUse.input"),
  block(
    "a tool result of no known status",
    { toolResult: { toolUseId: "a", content: [], status: "maybe" } },
    ".toolResult.status",
  ),
  block("a tool result without content", { toolResult: { toolUseId: "a" } }, ".toolResult.content"),
  block("a cache point of no known type", { cachePoint: { type: "big" } }, ".cachePoint.type"),
  block("a cache point of no known time", { cachePoint: { type: "default", ttl: "2h" } }, ".cachePoint.ttl"),
  block("thinking without text", { reasoningContent: { reasoningText: {} } }, ".reasoningContent.reasoningText.text"),
  member("no tokens", "inferenceConfig", { maxTokens: 0 }, "'inferenceConfig.maxTokens'"),
  member("a temperature that is too high", "inferenceConfig", { temperature: 1.5 }, "'inferenceConfig.temperature'"),
  member("a negative topP", "inferenceConfig", { topP: -0.1 }, "'inferenceConfig.topP'"),
  member(
    "an empty stop sequence",
    "inferenceConfig",
    { stopSequences: [""] },
    "'inferenceConfig.stopSequences.1.member'",
  ),
  member(
    "too many stop sequences",
    "inferenceConfig",
    { stopSequences: Array(2_501).fill("x") },
    "'inferenceConfig.stopSequences'",
  ),
  member("no tools", "toolConfig", { tools: [] }, "'toolConfig.tools'"),
  member("a tool whose name has a space", "toolConfig", tool({ name: "look up" }), `${spec}.name'`),
  member("a tool whose name is too long", "toolConfig", tool({ name: "l".repeat(65) }), `${spec}.name'`),
  member("a tool with an empty description", "toolConfig", tool({ description: "" }), `${spec}.description'`),
  member("a tool without a schema", "toolConfig", { tools: [{ toolSpec: { name: "look" } }] }, `${spec}.inputSchema'`),
  member(
    "a guardrail's id that is none",
    "guardrailConfig",
    { ...guardrail, guardrailIdentifier: "No Id" },
    "'guardrailConfig.guardrailIdentifier'",
  ),
  member(
    "a guardrail's version that is none",
    "guardrailConfig",
    { ...guardrail, guardrailVersion: "0" },
    "'guardrailConfig.guardrailVersion'",
  ),
  member("a trace of no known kind", "guardrailConfig", { ...guardrail, trace: "on" }, "'guardrailConfig.trace'"),
  member(
    "a mode of no known kind",
    "guardrailConfig",
    { ...guardrail, streamProcessingMode: "later" },
    "'guardrailConfig.streamProcessingMode'",
  ),
  member("metadata with a character that is not allowed", "requestMetadata", { team: "a*b" }, "'requestMetadata'"),
  member("too much metadata", "requestMetadata", many(17), "'requestMetadata'"),
  member("a latency of no known kind", "performanceConfig", { latency: "fast" }, "'performanceConfig.latency'"),
  member("a tier of no known kind", "serviceTier", { type: "gold" }, "'serviceTier.type'"),
  member(
    "too many response paths",
    "additionalModelResponseFieldPaths",
    Array(11).fill("/a"),
    "'additionalModelResponseFieldPaths'",
  ),
  member("an empty system text", "system", [{ text: "" }], "'system.1.member.text'"),
];
