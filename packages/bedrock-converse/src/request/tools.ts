import type { Tool as ConverseTool, ToolConfiguration } from "@aws-sdk/client-bedrock-runtime";
import { type Tool, wireToolName } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ToolChoice } from "../types.ts";

export interface ToolsInput {
  readonly tools: readonly Tool[];
  readonly choice: ToolChoice;
  /** Whether this request makes the model think. */
  readonly thinking: boolean;
}

/**
 * The `toolConfig` of a request, in the caller's order so that the cached prefix stays the same. Undefined where there is
 * nothing to offer. Converse has no choice "none": the caller leaves the tools out instead.
 */
export function toolConfig(
  { tools, choice, thinking }: ToolsInput,
  capabilities: ModelCapabilities,
): ToolConfiguration | undefined {
  if (tools.length === 0) return undefined;
  const toolChoice = choiceOf(choice, thinking, capabilities);
  return toolChoice ? { tools: tools.map(toolSpec), toolChoice } : { tools: tools.map(toolSpec) };
}

function toolSpec({ name, description, parameters }: Tool): ConverseTool {
  const json = { type: "object", ...parameters };
  const spec = { name: wireToolName(name), inputSchema: { json: json as never } };
  // A blank description is refused; none is fine.
  return { toolSpec: description.trim() === "" ? spec : { ...spec, description } };
}

/** `auto` needs no field; a forced choice the model does not take (now) becomes the nearest that it takes. */
function choiceOf(
  choice: ToolChoice,
  thinking: boolean,
  capabilities: ModelCapabilities,
): ToolConfiguration["toolChoice"] {
  if (choice === "auto" || choice === "none") return undefined;
  const { choice: accepted, forcedChoiceRefusedWhileThinking: refusedWhileThinking } = capabilities.tools.value;
  if (thinking && refusedWhileThinking) return undefined;
  if (typeof choice === "object" && accepted.includes("tool")) return { tool: { name: wireToolName(choice.tool) } };
  return accepted.includes("any") ? { any: {} } : undefined;
}
