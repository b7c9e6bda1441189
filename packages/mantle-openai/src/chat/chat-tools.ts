import { type Tool, wireToolName } from "@clawrock/conversation";
import type { ChatCompletionCreateParams, ChatCompletionToolChoiceOption } from "openai/resources/chat/completions";

/** `auto`: the model decides. `any`: it must call one. `none`: it must not. `{ tool }`: it must call this one. */
export type ToolChoice = "auto" | "any" | "none" | { readonly tool: string };

/** The tools of a request in the order given. Without tools nothing is sent, a choice neither. */
export function chatTools(
  tools: readonly Tool[] | undefined,
  choice: ToolChoice | undefined,
): Pick<ChatCompletionCreateParams, "tools" | "tool_choice"> {
  if (!tools?.length) return {};
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      type: "function",
      function: { name: wireToolName(name), description, parameters: { ...parameters } },
    })),
    ...(choice !== undefined && { tool_choice: toolChoice(choice) }),
  };
}

function toolChoice(choice: ToolChoice): ChatCompletionToolChoiceOption {
  if (typeof choice === "object") return { type: "function", function: { name: wireToolName(choice.tool) } };
  return choice === "any" ? "required" : choice;
}
