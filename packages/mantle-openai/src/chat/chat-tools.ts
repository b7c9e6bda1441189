import { wireToolName } from "@clawrock/conversation";
import type { ChatCompletionCreateParams, ChatCompletionToolChoiceOption } from "openai/resources/chat/completions";
import type { MantleTurn, ToolChoice } from "../turn/turn.ts";

/** The tools of a request in the order given. Without tools nothing is sent, a choice neither. */
export function chatTools({
  tools,
  toolChoice: choice,
  parallelToolCalls,
}: MantleTurn): Pick<ChatCompletionCreateParams, "tools" | "tool_choice" | "parallel_tool_calls"> {
  if (!tools?.length) return {};
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      type: "function",
      function: {
        name: wireToolName(name),
        ...(description.trim() !== "" && { description }),
        parameters: { type: "object", ...parameters },
      },
    })),
    ...(choice !== undefined && { tool_choice: toolChoice(choice) }),
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
}

function toolChoice(choice: ToolChoice): ChatCompletionToolChoiceOption {
  if (typeof choice === "object") return { type: "function", function: { name: wireToolName(choice.tool) } };
  return choice === "any" ? "required" : choice;
}
