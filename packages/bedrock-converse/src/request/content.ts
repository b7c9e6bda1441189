import type {
  ContentBlock,
  DocumentFormat,
  ImageFormat,
  ToolResultContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import {
  type AssistantContent,
  BedrockError,
  type DocumentContent,
  type ImageContent,
  type ThinkingContent,
  type ToolResultMessage,
  type UserContent,
} from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { toolNameOf, toolUseIdOf } from "./tool-names.ts";

const IMAGE_FORMATS: Readonly<Record<string, ImageFormat>> = {
  "image/png": "png",
  "image/jpeg": "jpeg",
  "image/jpg": "jpeg",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** What a user said as Converse's blocks. An image for a model known to take none becomes a note of it. */
export function userBlock(part: UserContent, capabilities: ModelCapabilities): ContentBlock {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "image":
      return takesImages(capabilities)
        ? { image: imageOf(part) }
        : { text: "(An image was left out: this model takes none.)" };
    case "document":
      return { document: documentOf(part) };
  }
}

function takesImages({ input }: ModelCapabilities): boolean {
  return input.value.includes("image") || input.provenance.from === "default";
}

/** A part of an answer, or nothing where the model takes it in no form. */
export function assistantBlock(part: AssistantContent, capabilities: ModelCapabilities): ContentBlock | undefined {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "toolCall":
      return {
        toolUse: { toolUseId: toolUseIdOf(part.id), name: toolNameOf(part.name), input: part.arguments as never },
      };
    case "thinking":
      return reasoningBlock(part, capabilities);
  }
}

/**
 * Earlier reasoning as the model takes it back: signed text and encrypted payloads unchanged where it signs, as plain
 * text where it does not, or not at all.
 */
function reasoningBlock(part: ThinkingContent, capabilities: ModelCapabilities): ContentBlock | undefined {
  const { replay } = capabilities.reasoning.value;
  if (replay === "signed" && part.thinkingSignature !== undefined) {
    if (part.redacted) return { reasoningContent: { redactedContent: Buffer.from(part.thinkingSignature, "base64") } };
    return { reasoningContent: { reasoningText: { text: part.thinking, signature: part.thinkingSignature } } };
  }
  const said = part.redacted || replay === "drop" ? "" : part.thinking;
  return said.trim() === "" ? undefined : { text: said };
}

/** A tool's result; what the model refuses inside a result is given back to stand beside it. */
export function resultBlock(
  result: ToolResultMessage,
  capabilities: ModelCapabilities,
): { block: ContentBlock; beside: ContentBlock[] } {
  const { imagesInResults, documentsInResults, resultStatus } = capabilities.tools.value;
  const inside: ToolResultContentBlock[] = [];
  const beside: ContentBlock[] = [];
  for (const part of result.content) {
    if (part.type === "text") {
      if (part.text.trim() !== "") inside.push({ text: part.text });
    } else if (part.type === "image") {
      const block = userBlock(part, capabilities);
      if (imagesInResults && block.image) inside.push({ image: block.image });
      else beside.push(block);
    } else if (documentsInResults) inside.push({ document: documentOf(part) });
    else beside.push({ document: documentOf(part) });
  }
  if (inside.length === 0) inside.push({ text: beside.length > 0 ? "(see the attachment below)" : "(no output)" });
  const toolResult = { toolUseId: toolUseIdOf(result.toolCallId), content: inside };
  const status = result.isError ? "error" : "success";
  return { block: { toolResult: resultStatus ? { ...toolResult, status } : toolResult }, beside };
}

function imageOf(part: ImageContent): NonNullable<ContentBlock["image"]> {
  const format = IMAGE_FORMATS[part.mimeType.toLowerCase()];
  if (!format) {
    const fix = "Convert it to png, jpeg, gif or webp";
    throw new BedrockError({
      kind: "invalid-request",
      problem: `An image has the type "${part.mimeType}", which Bedrock does not take`,
      fix,
    });
  }
  return { format, source: { bytes: bytesOf(part.data, "an image") } };
}

function documentOf(part: DocumentContent): NonNullable<ContentBlock["document"]> {
  const name =
    part.name
      .replace(/[^\p{L}\p{N} ()[\]-]+/gu, "-")
      .replace(/ {2,}/gu, " ")
      .slice(0, 200)
      .trim() || "document";
  return {
    format: part.format as DocumentFormat,
    name,
    source: { bytes: bytesOf(part.data, `document "${part.name}"`) },
  };
}

function bytesOf(base64: string, what: string): Buffer {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0) {
    throw new BedrockError({
      kind: "invalid-request",
      problem: `The data of ${what} is empty or not base64`,
      fix: "Send its bytes as base64",
    });
  }
  return bytes;
}
