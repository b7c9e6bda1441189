import type { ServiceAnswer } from "@clawrock/conversation";
import { frameStatus } from "../frame-status.ts";

/** What one chunk of a streamed chat completion brings. Texts are empty where it brings none. */
export interface ChatChunk {
  readonly id: string | undefined;
  readonly text: string;
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCallPiece[];
  readonly finishReason: string | undefined;
  readonly usage: ChatUsage | undefined;
  readonly error: ServiceAnswer | undefined;
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

/**
 * Reads a chunk as it is, not as it should be: Mantle's streams may hold frames of AWS without `choices`
 * (`{"message": "…"}`), reasoning comes as `reasoning` or `reasoning_content`, and models leave fields out.
 */
export function chatChunk(data: unknown): ChatChunk {
  const chunk = record(data);
  const choice = record(list(chunk["choices"])[0]);
  const delta = record(choice["delta"]);
  return {
    id: text(chunk["id"]) || undefined,
    text: contentText(delta["content"]) || text(delta["refusal"]),
    reasoning: text(delta["reasoning"]) || text(delta["reasoning_content"]),
    toolCalls: list(delta["tool_calls"]).map(toolCallPiece),
    finishReason: text(choice["finish_reason"]) || undefined,
    usage: usage(chunk["usage"]),
    error: Array.isArray(chunk["choices"]) ? undefined : errorFrame(chunk),
  };
}

/** A text, or a list of parts of which those with text are read. */
function contentText(content: unknown): string {
  return (
    text(content) ||
    list(content)
      .map((part) => text(record(part)["text"]))
      .join("")
  );
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

function errorFrame(chunk: Record<string, unknown>): ServiceAnswer | undefined {
  const message = text(chunk["message"]) || text(chunk["Message"]);
  if (message === "") return undefined;
  const type = text(chunk["type"]) || undefined;
  const code = chunk["code"];
  return {
    name: type ?? (text(code) || undefined),
    status: frameStatus(type, code),
    message,
  };
}

const EMPTY: Record<string, unknown> = Object.freeze({});

function record(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : EMPTY;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function count(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}
