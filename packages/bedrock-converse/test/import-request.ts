import type {
  AssistantMessage,
  CachePointContent,
  Message,
  Tool,
  ToolResultMessage,
  UserContent,
  UserMessage,
} from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import type { ConverseRequest } from "../src/index.ts";

/** A recorded request body: JSON as it went over the wire. */
// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes, read by this test alone
export type Wire = any;

/** The neutral request that a recorded one could have been built from. */
export function importRequest(modelId: string, wire: Wire): ConverseRequest {
  const fields = { ...wire.additionalModelRequestFields };
  const format = wire.outputConfig?.textFormat?.structure.jsonSchema;
  const thinking = takeThinking(fields);
  const topK = fields.inferenceConfig?.topK;
  if (topK !== undefined) delete fields.inferenceConfig;
  return {
    model: modelId,
    system: wire.system?.map((block: Wire) => (block.cachePoint ? pointOf(block) : { type: "text", text: block.text })),
    messages: wire.messages.flatMap((message: Wire) => importMessage(message, modelId)),
    tools: importTools(wire.toolConfig?.tools ?? []),
    systemTools: (wire.toolConfig?.tools ?? []).flatMap(({ systemTool }: Wire) => systemTool?.name ?? []),
    toolChoice: choiceOf(wire.toolConfig?.toolChoice),
    ...wire.inferenceConfig,
    topK,
    ...thinking,
    responseFormat: format && { ...format, schema: JSON.parse(format.schema) },
    cacheRetention: "none",
    serviceTier: wire.serviceTier?.type,
    latency: wire.performanceConfig?.latency,
    requestMetadata: wire.requestMetadata,
    additionalModelRequestFields: Object.keys(fields).length > 0 ? fields : undefined,
    additionalModelResponseFieldPaths: wire.additionalModelResponseFieldPaths,
  };
}

function takeThinking(fields: Wire): Pick<ConverseRequest, "thinking" | "thinkingBudgets"> {
  const { thinking, reasoning_config: word } = fields;
  if (thinking?.type === "enabled") {
    delete fields.thinking;
    return { thinking: "low", thinkingBudgets: { low: thinking.budget_tokens } };
  }
  if (thinking?.type === "adaptive") {
    delete fields.thinking;
    return { thinking: "high" };
  }
  if (word === undefined) return {};
  delete fields.reasoning_config;
  return { thinking: word };
}

function choiceOf(choice: Wire): ConverseRequest["toolChoice"] {
  if (choice?.any) return "any";
  return choice?.tool ? { tool: choice.tool.name } : "auto";
}

function importTools(tools: Wire[]): Tool[] {
  const imported: Tool[] = [];
  for (const { toolSpec, cachePoint } of tools) {
    const last = imported.at(-1);
    if (cachePoint && last) last.cachePoint = cachePoint.ttl ? { ttl: cachePoint.ttl } : {};
    if (!toolSpec) continue;
    const { name, description = "", inputSchema, strict } = toolSpec;
    imported.push({ name, description, parameters: inputSchema.json, ...(strict !== undefined && { strict }) });
  }
  return imported;
}

function importMessage({ role, content }: Wire, model: string): Message[] {
  if (role === "assistant") return [importAnswer(content, model)];
  const results: Message[] = content.filter(({ toolResult }: Wire) => toolResult).map(importResult);
  const said: UserMessage["content"] = content
    .filter(({ toolResult }: Wire) => !toolResult)
    .map((block: Wire) => (block.cachePoint ? pointOf(block) : importPart(block)));
  return said.length === 0 ? results : [...results, { role: "user", content: said, timestamp: 0 }];
}

function importAnswer(blocks: Wire[], model: string): AssistantMessage {
  const server = blocks.filter(({ toolUse }) => toolUse?.type);
  const resultOf = (id: string): Wire => blocks.find(({ toolResult }) => toolResult?.toolUseId === id)?.toolResult;
  const content = blocks.flatMap(
    ({ text, toolUse, reasoningContent, citationsContent }): AssistantMessage["content"] => {
      if (text !== undefined) return [{ type: "text", text }];
      if (citationsContent) {
        const { content: said, citations } = citationsContent;
        return [{ type: "text", text: said[0].text, citations } as AssistantMessage["content"][number]];
      }
      if (toolUse && !toolUse.type) {
        return [{ type: "toolCall", id: toolUse.toolUseId, name: toolUse.name, arguments: toolUse.input }];
      }
      if (reasoningContent?.redactedContent) {
        return [
          { type: "thinking", thinking: "", thinkingSignature: reasoningContent.redactedContent, redacted: true },
        ];
      }
      if (reasoningContent) {
        const { text: thinking, signature } = reasoningContent.reasoningText;
        return [{ type: "thinking", thinking, ...(signature && { thinkingSignature: signature }) }];
      }
      return [];
    },
  );
  return {
    role: "assistant",
    content,
    api: "bedrock-converse-stream",
    provider: "amazon-bedrock",
    model,
    usage: emptyUsage(),
    stopReason: "stop",
    timestamp: 0,
    ...(server.length > 0 && {
      serverToolUses: server.map(({ toolUse: { toolUseId: id, name, input } }) => ({
        id,
        name,
        input: JSON.stringify(input),
        result: resultOf(id)?.content,
      })),
    }),
  };
}

function importResult({ toolResult: { toolUseId, content, status } }: Wire): ToolResultMessage {
  return {
    role: "toolResult",
    toolCallId: toolUseId,
    toolName: "tool",
    content: content.map(importPart),
    isError: status === "error",
    timestamp: 0,
  };
}

function importPart(block: Wire): UserContent {
  if (block.text !== undefined) return { type: "text", text: block.text };
  if (block.json) return { type: "json", json: block.json };
  if (block.image) return { type: "image", mimeType: `image/${block.image.format}`, ...sourceOf(block.image.source) };
  if (block.video) return { type: "video", format: block.video.format, ...sourceOf(block.video.source) };
  const { name, format, source, context, citations } = block.document;
  return {
    type: "document",
    name,
    format,
    ...sourceOf(source),
    ...(context !== undefined && { context }),
    ...(citations && { citations: citations.enabled }),
  };
}

function sourceOf({ bytes, s3Location, text, content }: Wire): Wire {
  return {
    data: bytes ?? "",
    ...(s3Location && { s3: s3Location }),
    ...(text !== undefined && { text }),
    ...(content && { chunks: content.map((chunk: Wire) => chunk.text) }),
  };
}

function pointOf({ cachePoint: { ttl } }: Wire): CachePointContent {
  return ttl ? { type: "cachePoint", ttl } : { type: "cachePoint" };
}
