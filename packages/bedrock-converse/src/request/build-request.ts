import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import { type GuardrailConfig, guardrailStreamConfig, markGuardedSpans } from "@clawrock/guardrails";
import { repairTranscript } from "../repair/repair-transcript.ts";
import type { BuiltRequest, ConverseRequest, ResolvedModel } from "../types.ts";
import { withCachePoints } from "./cache-points.ts";
import { inferenceConfig } from "./inference.ts";
import { toMessages } from "./messages.ts";
import { modelFields, topKFields } from "./model-fields.ts";
import { OptionLog } from "./option-log.ts";
import { formatFields } from "./response-format.ts";
import { settings } from "./settings.ts";
import { systemAsWords, systemBlocks, systemParts } from "./system.ts";
import { thinkingFields } from "./thinking.ts";
import { offeredTools, systemToolNames, toolBlocks, toolChoiceOf } from "./tools.ts";

/**
 * The line from a conversation to a ConverseStream request, and everything in which the request is not what the caller
 * wrote. Pure: the same input gives the same bytes, and no input is changed.
 *
 * @throws BedrockError of kind `invalid-request` for what no repair can mend: values of a wrong type, figures out of range
 */
export function buildRequest(
  request: ConverseRequest,
  model: ResolvedModel,
  guardrail?: GuardrailConfig,
): BuiltRequest {
  const { capabilities } = model;
  const log = new OptionLog();
  const guarded = guardrail !== undefined;
  const spans = request.guardedSpans;
  const tools = offeredTools(request, capabilities, log);
  const systemTools = systemToolNames(request);
  const hasTools = tools.length + systemTools.length > 0;
  const given = guarded && spans ? markGuardedSpans(request.messages, spans) : request.messages;
  const format = formatFields(request.responseFormat, capabilities, log);
  // Thinking and a schema each forbid that the model goes on from words of its own.
  const fresh = format.outputConfig !== undefined || thinkingFields(request, model, [], new OptionLog()).on;
  const repaired = repairTranscript(given, model, { tools: hasTools, thinking: fresh, guarded });
  const thinking = thinkingFields(request, model, repaired.messages, log);
  const citations = capabilities.citations?.value !== false && !format.outputConfig;
  const built = toMessages(repaired.messages, { capabilities, guarded, citations, serverTools: systemTools });
  const prompt = [...systemParts(request.system), ...(format.instruction ? [format.instruction] : [])];
  const cached = withCachePoints(
    {
      tools: hasTools ? toolBlocks(tools, systemTools, capabilities, log) : [],
      system: capabilities.systemPrompt.value ? systemBlocks(prompt, guarded, spans) : [],
      messages: capabilities.systemPrompt.value ? built : systemAsWords(prompt, built),
    },
    request.cacheRetention,
    capabilities,
    log,
  );
  const inference = inferenceConfig(request, thinking, capabilities, log);
  const topK = topKFields(request, thinking.noSampling, capabilities, log);
  const fields = modelFields(request, { ...thinking.fields, ...topK });
  const choice = toolChoiceOf(request.toolChoice ?? "auto", hasTools, thinking.on, capabilities, log);
  const around = {
    modelId: model.wireId,
    messages: cached.messages,
    ...(guardrail && { guardrailConfig: guardrailStreamConfig(guardrail) }),
    ...settings(request, capabilities, log),
  };
  const input: ConverseStreamCommandInput = {
    ...around,
    ...(cached.system.length > 0 && { system: cached.system }),
    ...(inference && { inferenceConfig: inference }),
    ...(hasTools && { toolConfig: choice ? { tools: cached.tools, toolChoice: choice } : { tools: cached.tools } }),
    ...(format.outputConfig && { outputConfig: format.outputConfig }),
    ...(fields && { additionalModelRequestFields: fields as never }),
  };
  const changes = [...repaired.changes, ...log.changes];
  // A stored prompt has these itself, and refuses them.
  return model.ref.kind === "prompt" ? { input: around, changes } : { input, changes };
}
