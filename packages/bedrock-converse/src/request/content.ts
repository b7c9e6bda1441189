import type { ContentBlock, ToolResultContentBlock } from "@aws-sdk/client-bedrock-runtime";
import {
  type AssistantContent,
  type ThinkingContent,
  type ToolResultMessage,
  type UserContent,
  wireToolName,
} from "@clawrock/conversation";
import type { InputModality, ModelCapabilities } from "@clawrock/model-capabilities";
import { type DocumentNames, documentOf, imageOf } from "./media.ts";

/** What blocks of one request have in common. */
export interface BlockContext {
  readonly capabilities: ModelCapabilities;
  readonly documentNames: DocumentNames;
}

/** What a user said as Converse's blocks. What a model is known not to take becomes a note of it. */
export function userBlock(part: UserContent, { capabilities, documentNames }: BlockContext): ContentBlock {
  if (part.type === "text") return { text: part.text };
  if (part.type === "json" || part.type === "cachePoint") return { text: JSON.stringify(part) };
  if (part.type === "video") return { text: "(One video was left out.)" };
  if (!takes(part.type, capabilities)) return { text: `(One ${part.type} was left out: this model takes none.)` };
  return part.type === "image" ? { image: imageOf(part) } : { document: documentOf(part, documentNames) };
}

/** Of a model nobody knows, the service is asked. */
function takes(modality: InputModality, { input }: ModelCapabilities): boolean {
  return input.value.includes(modality) || input.provenance.from === "default";
}

/** The parts of an answer as blocks, its calls under the given ids; what the model takes in no form is left out. */
export function assistantBlocks(
  parts: readonly AssistantContent[],
  callIds: readonly string[],
  { capabilities }: BlockContext,
): ContentBlock[] {
  let call = 0;
  return parts.flatMap((part): ContentBlock[] => {
    if (part.type === "text") return [{ text: part.text }];
    if (part.type === "thinking") return reasoningBlocks(part, capabilities);
    // A copy: whoever is shown the request may change it, and the transcript is the caller's.
    const input = structuredClone(part.arguments) as never;
    return [{ toolUse: { toolUseId: callIds[call++] ?? part.id, name: wireToolName(part.name), input } }];
  });
}

/**
 * Earlier reasoning as the model takes it back: signed text and encrypted payloads unchanged where it signs, as plain
 * text where it does not, or not at all.
 */
function reasoningBlocks(part: ThinkingContent, capabilities: ModelCapabilities): ContentBlock[] {
  const { replay } = capabilities.reasoning.value;
  if (replay === "signed" && part.thinkingSignature) {
    if (part.redacted)
      return [{ reasoningContent: { redactedContent: Buffer.from(part.thinkingSignature, "base64") } }];
    return [{ reasoningContent: { reasoningText: { text: part.thinking, signature: part.thinkingSignature } } }];
  }
  const said = part.redacted || replay === "drop" ? "" : part.thinking;
  return said.trim() === "" ? [] : [{ text: said }];
}

/** A tool's result; what the model refuses inside a result is given back to stand beside it. */
export function resultBlock(
  result: ToolResultMessage,
  toolUseId: string,
  context: BlockContext,
): { block: ContentBlock; beside: ContentBlock[] } {
  const { imagesInResults, documentsInResults, resultStatus } = context.capabilities.tools.value;
  const inside: ToolResultContentBlock[] = [];
  const beside: ContentBlock[] = [];
  for (const part of result.content) {
    if (part.type === "text" && part.text.trim() === "") continue;
    const { text, image, document, ...other } = userBlock(part, context);
    if (text !== undefined) inside.push({ text });
    else if (image && imagesInResults) inside.push({ image });
    else if (document && documentsInResults) inside.push({ document });
    else beside.push(image ? { image } : document ? { document } : (other as ContentBlock));
  }
  if (inside.length === 0) inside.push({ text: beside.length > 0 ? "(see the attachment below)" : "(no output)" });
  const toolResult = { toolUseId, content: inside };
  const status = result.isError ? "error" : "success";
  return { block: { toolResult: resultStatus ? { ...toolResult, status } : toolResult }, beside };
}
