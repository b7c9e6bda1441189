import { BedrockError, type StopReason } from "@clawrock/conversation";
import { errorFrame } from "../stream/error-frame.ts";
import type { Answer, AnswerInit } from "../turn/family.ts";
import { filtered } from "../turn/filtered.ts";
import { count, record, text } from "../turn/json.ts";
import { pricedUsage } from "../turn/usage.ts";
import { citationOf } from "./citation.ts";

const GUARDRAIL = "guardrail_intervened";

/** Puts the events of one streamed Anthropic message into ours. */
export class MessagesAnswer implements Answer {
  readonly #init: AnswerInit;
  /** Later events repeat what is final of the usage, and leave out the rest. */
  #usage: Record<string, unknown> = {};
  #messageId: string | undefined;
  #stopped = false;

  constructor(init: AnswerInit) {
    this.#init = init;
  }

  apply(frame: unknown): boolean {
    const event = record(frame);
    const { builder } = this.#init;
    if (event["amazon-bedrock-guardrailAction"] === "INTERVENED") this.#stop({ stop_reason: GUARDRAIL });
    const block = typeof event["index"] === "number" ? event["index"] : 0;
    switch (text(event["type"])) {
      case "message_start":
        this.#messageId = text(record(event["message"])["id"]) || undefined;
        this.#count(record(event["message"])["usage"]);
        builder.start();
        return false;
      case "content_block_start":
        this.#open(block, record(event["content_block"]));
        return false;
      case "content_block_delta":
        this.#grow(block, record(event["delta"]));
        return false;
      case "content_block_stop":
        builder.endBlock(block);
        return false;
      case "message_delta":
        this.#count(event["usage"]);
        this.#stop(record(event["delta"]));
        return false;
      case "message_stop":
        // A guardrail that blocks leaves no reason to stop.
        if (!this.#stopped && this.#init.guarded) this.#stop({ stop_reason: GUARDRAIL });
        return true;
      case "error":
      case "": {
        const error = errorFrame(event, this.#init.context);
        if (error) throw error;
        return false;
      }
      default:
        // Pings, and what the API may add.
        return false;
    }
  }

  #open(block: number, content: Record<string, unknown>): void {
    const { builder, toolCallIds, toolNames } = this.#init;
    const name = text(content["name"]);
    const type = text(content["type"]);
    switch (type) {
      case "text":
        builder.text(block, text(content["text"]));
        return;
      case "thinking":
        builder.thinking(block, text(content["thinking"]));
        if (text(content["signature"])) builder.thinkingSignature(block, text(content["signature"]));
        return;
      case "redacted_thinking":
        builder.redactedThinking(block, text(content["data"]));
        return;
      case "tool_use":
        builder.toolCall(block, toolCallIds(text(content["id"]), this.#messageId), toolNames.get(name) ?? name);
        this.#wholeInput(block, content["input"]);
        return;
      case "server_tool_use":
      case "mcp_tool_use":
        builder.serverTool(block, text(content["id"]), name);
        this.#wholeInput(block, content["input"]);
        return;
      default:
        if (type.endsWith("_tool_result")) builder.serverToolResult(text(content["tool_use_id"]), content["content"]);
    }
  }

  /** The input comes in pieces, after an empty object; where it stands here already, it is taken from here. */
  #wholeInput(block: number, input: unknown): void {
    if (Object.keys(record(input)).length > 0) this.#init.builder.toolInput(block, JSON.stringify(input));
  }

  #grow(block: number, delta: Record<string, unknown>): void {
    const { builder } = this.#init;
    switch (text(delta["type"])) {
      case "text_delta":
        builder.text(block, text(delta["text"]));
        return;
      case "thinking_delta":
        builder.thinking(block, text(delta["thinking"]));
        return;
      case "signature_delta":
        builder.thinkingSignature(block, text(delta["signature"]));
        return;
      case "input_json_delta":
        builder.toolInput(block, text(delta["partial_json"]));
        return;
      case "citations_delta":
        builder.citation(block, citationOf(record(delta["citation"])));
    }
  }

  #count(usage: unknown): void {
    const told = Object.entries(record(usage)).filter(([, value]) => value !== null && value !== undefined);
    if (told.length === 0) return;
    this.#usage = { ...this.#usage, ...Object.fromEntries(told) };
    const cacheWrite1h = count(record(this.#usage["cache_creation"])["ephemeral_1h_input_tokens"]);
    const tokens = {
      input: count(this.#usage["input_tokens"]),
      output: count(this.#usage["output_tokens"]),
      cacheRead: count(this.#usage["cache_read_input_tokens"]),
      cacheWrite: count(this.#usage["cache_creation_input_tokens"]),
      ...(cacheWrite1h > 0 && { cacheWrite1h }),
    };
    this.#init.builder.usage(pricedUsage(tokens, this.#init.capabilities));
  }

  #stop({ stop_reason: reason }: Record<string, unknown>): void {
    const raw = text(reason);
    if (raw === "") return;
    this.#stopped = true;
    const { reason: ours, error } = stopOf(raw);
    this.#init.builder.stop(ours, raw, error);
  }
}

/** https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons */
function stopOf(raw: string): { readonly reason: StopReason; readonly error?: BedrockError } {
  switch (raw) {
    case "end_turn":
    case "stop_sequence":
    // A tool of the service goes on with the next request.
    case "pause_turn":
      return { reason: "stop" };
    case "tool_use":
      return { reason: "toolUse" };
    case "max_tokens":
    case "model_context_window_exceeded":
      return { reason: "length" };
    case "refusal": {
      const problem = "The model declined to answer";
      return { reason: "error", error: new BedrockError({ kind: "refused", problem, fix: "Reword the request" }) };
    }
    case GUARDRAIL:
      return { reason: "error", error: filtered(true) };
    default: {
      const problem = `The model stopped for a reason that is not known (${raw})`;
      return { reason: "error", error: new BedrockError({ kind: "unknown", problem, fix: "Send the request again" }) };
    }
  }
}
