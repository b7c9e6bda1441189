import { type Tool, wireToolName } from "@clawrock/conversation";
import type {
  ResponseCreateParamsStreaming,
  ToolChoiceFunction,
  ToolChoiceOptions,
} from "openai/resources/responses/responses";
import { effortOf } from "../turn/effort.ts";
import type { RequestInit } from "../turn/family.ts";
import { maxTokensOf, samplingOf } from "../turn/sampling.ts";
import type { MantleTurn, ToolChoice } from "../turn/turn.ts";
import { responsesInput } from "./responses-input.ts";

/**
 * A turn as the body of a streamed response. Nothing is stored at the service: the whole conversation goes out each time, with
 * the model's encrypted reasoning. The API has no stop sequences.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html
 */
export function responsesRequest(init: RequestInit): ResponseCreateParamsStreaming {
  const { wireId, capabilities, turn } = init;
  const reasoning = capabilities.reasoning.value;
  const effort = effortOf(turn.thinking, reasoning);
  const reasons = reasoning.mode !== "none";
  const { temperature, topP } = samplingOf(turn, capabilities, reasons && effort !== "none");
  const maxTokens = maxTokensOf(turn, capabilities);
  return {
    model: wireId,
    ...(turn.system?.trim() && { instructions: turn.system.toWellFormed() }),
    input: responsesInput(init),
    ...tools(turn),
    ...(effort && { reasoning: { effort } }),
    ...(reasons && { include: ["reasoning.encrypted_content" as const] }),
    ...(maxTokens !== undefined && { max_output_tokens: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...format(turn),
    store: false,
    stream: true,
  };
}

function tools({
  tools: offered,
  toolChoice: choice,
  parallelToolCalls,
}: MantleTurn): Pick<ResponseCreateParamsStreaming, "tools" | "tool_choice" | "parallel_tool_calls"> {
  if (!offered?.length) return {};
  return {
    tools: offered.map((tool) => functionTool(tool)),
    ...(choice !== undefined && { tool_choice: toolChoice(choice) }),
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
}

/** Strictness is the API's default, and would refuse most schemas. */
function functionTool({
  name,
  description,
  parameters,
}: Tool): NonNullable<ResponseCreateParamsStreaming["tools"]>[number] {
  return {
    type: "function",
    name: wireToolName(name),
    ...(description.trim() !== "" && { description }),
    parameters: { type: "object", ...parameters },
    strict: false,
  };
}

function toolChoice(choice: ToolChoice): ToolChoiceOptions | ToolChoiceFunction {
  if (typeof choice === "object") return { type: "function", name: wireToolName(choice.tool) };
  return choice === "any" ? "required" : choice;
}

function format({ output }: MantleTurn): Pick<ResponseCreateParamsStreaming, "text"> {
  if (!output) return {};
  const { name = "answer", description, schema } = output;
  return {
    text: {
      format: { type: "json_schema", name, ...(description && { description }), schema: { ...schema }, strict: true },
    },
  };
}
