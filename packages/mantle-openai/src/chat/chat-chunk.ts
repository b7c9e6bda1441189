import { count, isRecord, list, record, text } from "../turn/json.ts";

/** What one chunk of a streamed chat completion brings. Texts are empty where it brings none. */
export interface ChatChunk {
  readonly id: string | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallPiece[];
  readonly finishReason: string | undefined;
  readonly usage: ChatUsage | undefined;
}

export interface ToolCallPiece {
  /** Which call of the answer; some models leave it out. */
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly input: string;
}

export interface ChatUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly totalTokens: number;
}

const NO_CALLS: readonly ToolCallPiece[] = [];

/** Reads a chunk as it is: reasoning comes as `reasoning` or `reasoning_content`, and models leave fields out. */
export function chatChunk(chunk: Record<string, unknown>): ChatChunk {
  const choice = record(list(chunk["choices"])[0]);
  const delta = record(choice["delta"]);
  return {
    id: text(chunk["id"]) || undefined,
    text: contentText(delta["content"]) || text(delta["refusal"]),
    reasoning: text(delta["reasoning"]) || text(delta["reasoning_content"]),
    // Most chunks have none.
    toolCalls: Array.isArray(delta["tool_calls"]) ? delta["tool_calls"].map(toolCallPiece) : NO_CALLS,
    finishReason: text(choice["finish_reason"]) || undefined,
    usage: usage(chunk["usage"]),
  };
}

/** A text, or a list of parts of which those with text are read. */
function contentText(content: unknown): string {
  if (!Array.isArray(content)) return text(content);
  return list(content)
    .map((part) => text(record(part)["text"]))
    .join("");
}

function toolCallPiece(piece: unknown): ToolCallPiece {
  const call = record(piece);
  const called = record(call["function"]);
  const index = typeof call["index"] === "number" ? call["index"] : undefined;
  return { index, id: text(call["id"]), name: text(called["name"]), input: text(called["arguments"]) };
}

function usage(data: unknown): ChatUsage | undefined {
  if (!isRecord(data)) return undefined;
  const promptTokens = count(data["prompt_tokens"]);
  const completionTokens = count(data["completion_tokens"]);
  return {
    promptTokens,
    completionTokens,
    cachedTokens: Math.min(promptTokens, count(record(data["prompt_tokens_details"])["cached_tokens"])),
    totalTokens: count(data["total_tokens"]) || promptTokens + completionTokens,
  };
}
