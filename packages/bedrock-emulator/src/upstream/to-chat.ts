import type { ToolChoice, Turn, TurnMessage } from "../engine/turn.ts";

/** A turn as the body of a Chat Completions request. Images and other media are named, not sent. */
export function chatRequest(turn: Turn, model: string): object {
  const offered = turn.tools.length > 0 && turn.toolChoice.kind !== "none";
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      ...(turn.system.length > 0 ? [{ role: "system", content: turn.system.join("\n\n") }] : []),
      ...turn.messages.flatMap(chatMessages),
    ],
    max_tokens: turn.maxTokens,
    ...(turn.temperature !== undefined && { temperature: turn.temperature }),
    ...(turn.topP !== undefined && { top_p: turn.topP }),
    ...(turn.stopSequences.length > 0 && { stop: turn.stopSequences }),
    ...(offered && {
      tools: turn.tools.map((tool) => ({
        type: "function",
        function: { name: tool.name, description: tool.description, parameters: tool.schema },
      })),
      tool_choice: toolChoice(turn.toolChoice),
    }),
    ...(turn.answerSchema && {
      response_format: { type: "json_schema", json_schema: { name: "answer", schema: turn.answerSchema } },
    }),
  };
}

function toolChoice(choice: ToolChoice): unknown {
  if (choice.kind === "tool") return { type: "function", function: { name: choice.name } };
  return choice.kind === "any" ? "required" : "auto";
}

function chatMessages(message: TurnMessage): object[] {
  const text = message.parts
    .flatMap((part) => {
      if (part.kind === "text") return [part.text];
      if (part.kind === "media") return [part.text ?? `(${part.media}, ${part.format}, ${part.bytes} bytes)`];
      return [];
    })
    .join("\n");
  if (message.role === "assistant") {
    const calls = message.parts.flatMap((part) =>
      part.kind === "toolUse"
        ? [{ id: part.id, type: "function", function: { name: part.name, arguments: JSON.stringify(part.input) } }]
        : [],
    );
    return [{ role: "assistant", content: text, ...(calls.length > 0 && { tool_calls: calls }) }];
  }
  const results = message.parts.flatMap((part) =>
    part.kind === "toolResult" ? [{ role: "tool", tool_call_id: part.id, content: part.text }] : [],
  );
  return [...results, ...(text || results.length === 0 ? [{ role: "user", content: text }] : [])];
}
