import { pairTools, toTurns } from "@clawrock/conversation";
import { type GuardrailConfig, guardrailStreamConfig } from "@clawrock/guardrails";
import type { BuiltRequest, ConverseRequest, ResolvedModel } from "../types.ts";
import { withCachePoints } from "./cache-points.ts";
import { inferenceConfig } from "./inference.ts";
import { toMessages } from "./messages.ts";
import { isOwnMessage } from "./own-message.ts";
import { systemAsWords } from "./system.ts";
import { thinkingFields } from "./thinking.ts";
import { toolHistoryAsText } from "./tool-history-as-text.ts";
import { toolConfig } from "./tools.ts";

/**
 * The line from a conversation to a ConverseStream request. Pure: the same input gives the same bytes, and no input is
 * changed.
 *
 * @throws BedrockError of kind `invalid-request` for what no repair can mend: a media type Bedrock does not know, a figure
 * out of range
 */
export function buildRequest(
  request: ConverseRequest,
  model: ResolvedModel,
  guardrail?: GuardrailConfig,
): BuiltRequest {
  const { capabilities } = model;
  const offered = capabilities.tools.value.supported && request.toolChoice !== "none" ? (request.tools ?? []) : [];
  const paired = pairTools(toTurns(request.messages, isOwnMessage(model)));
  const turns = offered.length > 0 ? paired : toolHistoryAsText(paired);
  const built = toMessages(turns, capabilities);
  const prompt = systemText(request.system);
  const inSystem = capabilities.systemPrompt.value ? prompt : undefined;
  const all = inSystem === undefined ? systemAsWords(prompt ?? "", built) : built;
  const { system, messages } = withCachePoints(inSystem, all, request.cacheRetention, capabilities);
  const thinking = thinkingFields(request, capabilities, built);
  const inference = inferenceConfig(request, thinking, capabilities);
  const tools = toolConfig(
    { tools: offered, choice: request.toolChoice ?? "auto", thinking: thinking.on },
    capabilities,
  );
  const tier = request.serviceTier;
  const input = {
    modelId: model.wireId,
    messages,
    ...(system && { system }),
    ...(inference && { inferenceConfig: inference }),
    ...(tools && { toolConfig: tools }),
    ...(Object.keys(thinking.fields).length > 0 && { additionalModelRequestFields: thinking.fields as never }),
    ...(guardrail && { guardrailConfig: guardrailStreamConfig(guardrail) }),
    ...(tier && tier !== "default" && { serviceTier: { type: tier } }),
    ...(request.requestMetadata && { requestMetadata: { ...request.requestMetadata } }),
  };
  return { input, changes: [] };
}

function systemText(system: ConverseRequest["system"]): string | undefined {
  if (system === undefined || typeof system === "string") return system;
  return system.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n");
}
