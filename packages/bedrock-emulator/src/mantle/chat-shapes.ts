import type { AnswerEvent, StopReason } from "../engine/turn.ts";

type ReasoningField = "reasoning" | "reasoning_content";

function finishReason(reason: StopReason): string {
  switch (reason) {
    case "tool_use":
      return "tool_calls";
    case "max_tokens":
      return "length";
    case "guardrail_intervened":
    case "content_filtered":
      return "content_filter";
    default:
      return "stop";
  }
}

/** Chunks of a streamed chat completion. Ids of tool calls begin at `call_0` in every answer, so they repeat. */
export class ChatChunks {
  readonly #reasoning: ReasoningField;
  #calls = -1;

  constructor(reasoning: ReasoningField) {
    this.#reasoning = reasoning;
  }

  first(): object {
    return { choices: [choice({ role: "assistant", content: "" })] };
  }

  take(event: AnswerEvent): object[] {
    switch (event.kind) {
      case "text":
        return [{ choices: [choice({ content: event.text })] }];
      case "reasoning":
        return [{ choices: [choice({ [this.#reasoning]: event.text })] }];
      case "toolUse": {
        this.#calls++;
        const call = {
          index: this.#calls,
          id: `call_${this.#calls}`,
          type: "function",
          function: { name: event.name, arguments: "" },
        };
        return [{ choices: [choice({ tool_calls: [call] })] }];
      }
      case "toolInput":
        if (event.json === "") return [];
        return [{ choices: [choice({ tool_calls: [{ index: this.#calls, function: { arguments: event.json } }] })] }];
      case "stop":
        return [{ choices: [choice({}, finishReason(event.reason))] }];
      default:
        return [];
    }
  }
}

function choice(delta: object, finish: string | null = null): object {
  return { index: 0, delta, logprobs: null, finish_reason: finish };
}

/** The only choice of a whole chat completion. */
export function collectChat(events: readonly AnswerEvent[], reasoningField: ReasoningField): object {
  let content = "";
  let reasoning = "";
  let finish = "stop";
  const calls: { id: string; type: "function"; function: { name: string; arguments: string } }[] = [];
  for (const event of events) {
    if (event.kind === "text") content += event.text;
    if (event.kind === "reasoning") reasoning += event.text;
    if (event.kind === "stop") finish = finishReason(event.reason);
    if (event.kind === "toolUse") {
      calls.push({ id: `call_${calls.length}`, type: "function", function: { name: event.name, arguments: "" } });
    }
    const last = calls.at(-1);
    if (event.kind === "toolInput" && last) last.function.arguments += event.json;
  }
  return {
    index: 0,
    message: {
      role: "assistant",
      content: content === "" ? null : content,
      ...(reasoning !== "" && { [reasoningField]: reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    logprobs: null,
    finish_reason: finish,
  };
}
