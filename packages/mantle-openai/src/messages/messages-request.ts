import { wireToolName } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { RequestInit } from "../turn/family.ts";
import { maxTokensOf, samplingOf } from "../turn/sampling.ts";
import type { MantleTurn, ToolChoice } from "../turn/turn.ts";
import { cacheMark, marked } from "./cache-control.ts";
import { messagesThinking } from "./messages-thinking.ts";
import { messagesOf } from "./messages-turns.ts";

/** The API wants a limit; for a model whose own is not known. */
const DEFAULT_MAX_TOKENS = 8192;

/** The version of the API whose shapes are used here. https://platform.claude.com/docs/en/api/versioning */
const VERSION = "2023-06-01";

/** Headers of a turn: the API's version, and the beta that lets older models think between their tools. */
export function messagesHeaders(init: RequestInit): Readonly<Record<string, string>> {
  const { capabilities, turn } = init;
  const { interleavedBeta } = capabilities.reasoning.value;
  const interleaves = interleavedBeta && turn.tools?.length && "thinking" in messagesRequest(init);
  return { "anthropic-version": VERSION, ...(interleaves && { "anthropic-beta": interleavedBeta }) };
}

/**
 * A turn as the body of Anthropic's Messages API, not streamed.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-messages-api.html
 */
export function messagesRequest(init: RequestInit): Record<string, unknown> {
  const { wireId, capabilities, turn } = init;
  const messages = messagesOf(init);
  const limit = maxTokensOf(turn, capabilities) ?? capabilities.maxOutputTokens?.value ?? DEFAULT_MAX_TOKENS;
  const thinking = messagesThinking(turn, capabilities.reasoning.value, { messages, limit });
  const { temperature, topP, stopSequences } = samplingOf(turn, capabilities, thinking.on);
  const outputConfig = {
    ...(thinking.effort && { effort: thinking.effort }),
    ...(turn.output && { format: { type: "json_schema", schema: turn.output.schema } }),
  };
  return {
    model: wireId,
    max_tokens: limit,
    ...systemOf(turn, capabilities),
    messages,
    ...toolsOf(turn, capabilities, thinking.on),
    ...(thinking.field && { thinking: thinking.field }),
    ...(Object.keys(outputConfig).length > 0 && { output_config: outputConfig }),
    ...(temperature !== undefined && { temperature: Math.min(1, temperature) }),
    ...(topP !== undefined && { top_p: topP }),
    ...(stopSequences && { stop_sequences: stopSequences }),
  };
}

/** The body that counts a turn's tokens: what the answer may be does not belong to it. */
export function countRequest(init: RequestInit): Record<string, unknown> {
  const kept = ["model", "system", "messages", "tools", "tool_choice", "thinking"];
  return Object.fromEntries(Object.entries(messagesRequest(init)).filter(([field]) => kept.includes(field)));
}

function systemOf({ system, cacheRetention }: MantleTurn, { promptCaching }: ModelCapabilities): object {
  if (!system?.trim()) return {};
  const mark = cacheMark("system", cacheRetention, promptCaching.value);
  return { system: [marked({ type: "text", text: system.toWellFormed() }, mark)] };
}

function toolsOf(turn: MantleTurn, { tools: support }: ModelCapabilities, thinks: boolean): object {
  const { tools, toolChoice = "auto", parallelToolCalls } = turn;
  if (!tools?.length) return {};
  const choice = choiceOf(toolChoice, thinks && support.value.forcedChoiceRefusedWhileThinking);
  const single = parallelToolCalls === false && choice.type !== "none" && { disable_parallel_tool_use: true };
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      name: wireToolName(name),
      ...(description.trim() !== "" && { description }),
      input_schema: { type: "object", ...parameters },
    })),
    ...((choice.type !== "auto" || single) && { tool_choice: { ...choice, ...single } }),
  };
}

function choiceOf(choice: ToolChoice, unforced: boolean): { readonly type: string; readonly name?: string } {
  if (choice === "none") return { type: "none" };
  if (choice === "auto" || unforced) return { type: "auto" };
  return choice === "any" ? { type: "any" } : { type: "tool", name: wireToolName(choice.tool) };
}
