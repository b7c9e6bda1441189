import { randomBytes } from "node:crypto";
import { arrayAt, type JsonObject } from "../../json.ts";

/** What is settled of a response before it is answered. */
export interface ResponseHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly model: string;
  readonly body: JsonObject;
}

export function responseId(): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  return `resp_${Array.from(randomBytes(52), (byte) => alphabet[byte % 32]).join("")}`;
}

/** The response object with the members that recorded ones have. */
export function responseObject(
  { id, createdAt, model, body }: ResponseHead,
  progress: {
    readonly status: "in_progress" | "completed" | "incomplete";
    readonly output: readonly object[];
    readonly usage?: object;
    readonly incomplete?: "max_output_tokens" | "content_filter";
  },
): object {
  const done = progress.status !== "in_progress";
  return {
    background: body["background"] ?? false,
    completed_at: done ? Math.floor(Date.now() / 1000) : null,
    created_at: createdAt,
    error: null,
    frequency_penalty: 0,
    id,
    incomplete_details: progress.incomplete ? { reason: progress.incomplete } : null,
    instructions: body["instructions"] ?? null,
    max_output_tokens: body["max_output_tokens"] ?? null,
    max_tool_calls: body["max_tool_calls"] ?? null,
    metadata: body["metadata"] ?? {},
    model,
    object: "response",
    output: progress.output,
    parallel_tool_calls: body["parallel_tool_calls"] ?? true,
    presence_penalty: 0,
    previous_response_id: null,
    prompt_cache_key: body["prompt_cache_key"] ?? null,
    prompt_cache_retention: body["prompt_cache_retention"] ?? "in_memory",
    reasoning: body["reasoning"] ?? { summary: null, effort: "medium" },
    safety_identifier: null,
    service_tier: done ? "default" : (body["service_tier"] ?? "auto"),
    status: progress.status,
    store: body["store"] ?? true,
    temperature: body["temperature"] ?? 1,
    text: body["text"] ?? { format: { type: "text" }, verbosity: "medium" },
    tool_choice: body["tool_choice"] ?? "auto",
    tools: arrayAt(body, "tools"),
    top_logprobs: 0,
    top_p: body["top_p"] ?? 0.98,
    truncation: body["truncation"] ?? "disabled",
    usage: progress.usage ?? null,
    user: null,
    moderation: null,
  };
}
