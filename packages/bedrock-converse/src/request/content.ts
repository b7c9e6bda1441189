import type {
  CitationsContentBlock,
  ContentBlock,
  DocumentFormat,
  DocumentSource,
  ToolResultContentBlock,
  VideoFormat,
} from "@aws-sdk/client-bedrock-runtime";
import type {
  AssistantContent,
  AssistantMessage,
  DocumentContent,
  ImageContent,
  S3Location,
  TextContent,
  ToolResultMessage,
  UserContent,
  VideoContent,
} from "@clawrock/conversation";
import { guardQualifiers } from "@clawrock/guardrails";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { copyJson } from "../repair/json.ts";
import { formatOfMime } from "../repair/media.ts";

/** What blocks of one request have in common. */
export interface BlockContext {
  readonly capabilities: ModelCapabilities;
  /** Whether spans with `guard` are sent to a guardrail. */
  readonly guarded: boolean;
  /** Whether documents may be cited. */
  readonly citations: boolean;
  /** Names of the tools that the service runs itself. */
  readonly serverTools: readonly string[];
}

/** A part of what the user said, of a repaired conversation, as Converse's block. */
export function userBlock(part: UserContent, context: BlockContext): ContentBlock {
  switch (part.type) {
    case "text":
      return (context.guarded && guardedText(part)) || { text: part.text };
    case "image":
      return (context.guarded && guardedImage(part)) || { image: imageOf(part) };
    case "document":
      return { document: documentOf(part, context) };
    case "video":
      return { video: videoOf(part) };
    case "json":
      return { text: JSON.stringify(part.json) };
    case "cachePoint":
      return { cachePoint: part.ttl ? { type: "default", ttl: part.ttl } : { type: "default" } };
  }
}

function guardedText(part: TextContent): ContentBlock | undefined {
  const qualifiers = guardQualifiers(part);
  if (!qualifiers) return undefined;
  const text = qualifiers.length > 0 ? { text: part.text, qualifiers: [...qualifiers] } : { text: part.text };
  return { guardContent: { text } };
}

function guardedImage(part: ImageContent): ContentBlock | undefined {
  if (!guardQualifiers(part) || part.s3) return undefined;
  const { format, source } = imageOf(part);
  if ((format !== "png" && format !== "jpeg") || !source?.bytes) return undefined;
  return { guardContent: { image: { format, source: { bytes: source.bytes } } } };
}

/** A part of an answer as a block. Thinking that is still there is what the model signed. */
export function assistantBlock(part: AssistantContent): ContentBlock {
  if (part.type === "text") return citedText(part) ?? { text: part.text };
  if (part.type === "thinking") {
    const { thinking: text, thinkingSignature: signature, redacted } = part;
    if (redacted) return { reasoningContent: { redactedContent: Buffer.from(signature ?? "", "base64") } };
    return { reasoningContent: { reasoningText: signature ? { text, signature } : { text } } };
  }
  // A copy: whoever is shown the request may change it, and the transcript is the caller's.
  return { toolUse: { toolUseId: part.id, name: part.name, input: copyJson(part.arguments) as never } };
}

/** Text with the passages that it cites. */
function citedText({ text, citations }: TextContent): ContentBlock | undefined {
  if (!citations || citations.length === 0) return undefined;
  return {
    citationsContent: {
      content: [{ text }],
      citations: copyJson<unknown>(citations) as CitationsContentBlock["citations"],
    },
  };
}

/** Uses of tools that the service ran itself and that the request offers again, each with what it gave back. */
export function serverToolBlocks(
  { serverToolUses = [] }: AssistantMessage,
  { serverTools }: BlockContext,
): ContentBlock[] {
  return serverToolUses.flatMap(({ id, name, input, result }): ContentBlock[] => {
    const given = parseToolInput(input);
    if (!serverTools.includes(name) || given === undefined || !Array.isArray(result)) return [];
    const content = copyJson(result) as ToolResultContentBlock[];
    return [
      { toolUse: { toolUseId: id, name, input: given as never, type: "server_tool_use" } },
      { toolResult: { toolUseId: id, content, status: "success", type: `${name}_result` } },
    ];
  });
}

function parseToolInput(json: string): unknown {
  try {
    return JSON.parse(json.trim() || "{}");
  } catch {
    return undefined;
  }
}

/** A tool's result as a block. */
export function resultBlock(result: ToolResultMessage, context: BlockContext): ContentBlock {
  const content = result.content.map((part) => resultPart(part, context));
  const toolUseId = result.toolCallId;
  if (context.capabilities.tools.value.resultStatus) {
    return { toolResult: { toolUseId, content, status: result.isError ? "error" : "success" } };
  }
  return {
    toolResult: { toolUseId, content: result.isError ? [{ text: "(The call failed.)" }, ...content] : content },
  };
}

function resultPart(part: ToolResultMessage["content"][number], context: BlockContext): ToolResultContentBlock {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "json":
      return { json: copyJson(part.json) as never };
    case "image":
      return { image: imageOf(part) };
    case "document":
      return { document: documentOf(part, context) };
    case "video":
      return { video: videoOf(part) };
  }
}

function imageOf({ data, mimeType, s3 }: ImageContent): NonNullable<ContentBlock["image"]> {
  const format = formatOfMime(mimeType) ?? "png";
  return { format, source: s3 ? { s3Location: s3Of(s3) } : { bytes: Buffer.from(data, "base64") } };
}

function videoOf({ data, format, s3 }: VideoContent): NonNullable<ContentBlock["video"]> {
  const source = s3 ? { s3Location: s3Of(s3) } : { bytes: Buffer.from(data, "base64") };
  return { format: format as VideoFormat, source };
}

function documentOf(part: DocumentContent, { citations }: BlockContext): NonNullable<ContentBlock["document"]> {
  return {
    format: part.format as DocumentFormat,
    name: part.name,
    source: documentSource(part),
    ...(part.context !== undefined && part.context !== "" && { context: part.context }),
    ...(part.citations !== undefined && citations && { citations: { enabled: part.citations } }),
  };
}

function documentSource({ data, text, chunks, s3 }: DocumentContent): DocumentSource {
  if (s3) return { s3Location: s3Of(s3) };
  if (text !== undefined) return { text };
  if (chunks) return { content: chunks.map((chunk) => ({ text: chunk })) };
  return { bytes: Buffer.from(data, "base64") };
}

function s3Of({ uri, bucketOwner }: S3Location): S3Location {
  return bucketOwner === undefined ? { uri } : { uri, bucketOwner };
}
