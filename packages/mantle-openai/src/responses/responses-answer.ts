import { BedrockError } from "@clawrock/conversation";
import { errorFrame, failure } from "../stream/error-frame.ts";
import type { Answer, AnswerInit } from "../turn/family.ts";
import { filtered } from "../turn/filtered.ts";
import { count, list, record, text } from "../turn/json.ts";
import { pricedUsage } from "../turn/usage.ts";
import { reasoningSignature } from "./reasoning-item.ts";

/** An output item that is arriving. */
interface OpenItem {
  readonly block: number;
  readonly type: string;
  /** Whether any of its text, reasoning or input has come in pieces; if not, the finished item holds it. */
  said: boolean;
  /** Reasoning comes as itself or as summaries; the first of the two that comes is shown. */
  shows: "text" | "summary" | undefined;
  summaries: number;
}

const SERVED: ReadonlySet<string> = new Set([
  "web_search_call",
  "file_search_call",
  "code_interpreter_call",
  "computer_call",
  "image_generation_call",
  "mcp_call",
  "mcp_list_tools",
]);

/** Puts the events of one streamed response into a message. */
export class ResponsesAnswer implements Answer {
  readonly #init: AnswerInit;
  readonly #items = new Map<string, OpenItem>();
  readonly #ended = new Set<string>();
  #blocks = 0;
  #calls = 0;
  #responseId: string | undefined;

  constructor(init: AnswerInit) {
    this.#init = init;
  }

  apply(frame: unknown): boolean {
    const event = record(frame);
    switch (text(event["type"])) {
      case "response.created":
      case "response.in_progress":
      case "response.queued":
        this.#begin(event);
        return false;
      case "response.output_item.added":
        this.#item(keyOf(event), record(event["item"]));
        return false;
      case "response.output_text.delta":
      case "response.refusal.delta":
        this.#text(this.#item(keyOf(event), MESSAGE), text(event["delta"]));
        return false;
      case "response.output_text.annotation.added":
        this.#cite(this.#item(keyOf(event), MESSAGE), record(event["annotation"]));
        return false;
      case "response.reasoning_text.delta":
        this.#reasoning(this.#item(keyOf(event), REASONING), "text", text(event["delta"]));
        return false;
      case "response.reasoning_summary_part.added":
        this.#nextSummary(this.#item(keyOf(event), REASONING));
        return false;
      case "response.reasoning_summary_text.delta":
        this.#reasoning(this.#item(keyOf(event), REASONING), "summary", text(event["delta"]));
        return false;
      case "response.function_call_arguments.delta":
        this.#input(this.#items.get(keyOf(event)), text(event["delta"]));
        return false;
      case "response.output_item.done":
        this.#done(keyOf(event), record(event["item"]));
        return false;
      case "response.completed":
      case "response.incomplete":
      case "response.failed":
      case "response.cancelled":
        this.#end(record(event["response"]));
        return true;
      case "error":
      case "":
        throw errorFrame(event, this.#init.context) ?? this.#unreadable();
      default:
        return false;
    }
  }

  #begin(event: Record<string, unknown>): void {
    this.#responseId ??= text(record(event["response"])["id"]) || undefined;
    this.#init.builder.start();
  }

  #item(key: string, item: Record<string, unknown>): OpenItem | undefined {
    const known = this.#items.get(key);
    if (known || this.#ended.has(key)) return known;
    const { builder, toolCallIds, toolNames } = this.#init;
    const type = text(item["type"]);
    const open: OpenItem = { block: this.#blocks++, type, said: false, shows: undefined, summaries: 0 };
    this.#items.set(key, open);
    if (type === "function_call") {
      const name = text(item["name"]);
      if (name === "") throw namelessCall();
      this.#calls++;
      builder.toolCall(open.block, toolCallIds(text(item["call_id"]), this.#responseId), toolNames.get(name) ?? name);
      this.#input(open, text(item["arguments"]));
    } else if (SERVED.has(type)) {
      builder.serverTool(open.block, text(item["id"]), text(item["name"]) || type.replace(/_call$/u, ""));
    }
    return open;
  }

  #text(open: OpenItem | undefined, delta: string): void {
    if (!open || delta === "") return;
    open.said = true;
    this.#init.builder.text(open.block, delta);
  }

  /** A source on the web; other annotations name files of the service's own store. */
  #cite(open: OpenItem | undefined, { type, url, title }: Record<string, unknown>): void {
    if (!open || type !== "url_citation" || text(url) === "") return;
    const told = text(title) ? { title: text(title) } : {};
    this.#init.builder.citation(open.block, { ...told, source: text(url), location: { web: { url } } });
  }

  #reasoning(open: OpenItem | undefined, kind: "text" | "summary", delta: string): void {
    if (!open || delta === "") return;
    open.shows ??= kind;
    if (open.shows !== kind) return;
    const gap = open.said && open.summaries > 1 ? "\n\n" : "";
    if (gap !== "") open.summaries = 1;
    open.said = true;
    this.#init.builder.thinking(open.block, gap + delta);
  }

  #nextSummary(open: OpenItem | undefined): void {
    if (open) open.summaries++;
  }

  #input(open: OpenItem | undefined, delta: string): void {
    if (!open || delta === "") return;
    open.said = true;
    this.#init.builder.toolInput(open.block, delta);
  }

  /** What came in no piece is read from the finished item. */
  #done(key: string, item: Record<string, unknown>): void {
    const open = this.#item(key, item);
    if (!open) return;
    const { builder } = this.#init;
    if (open.type === "message") {
      if (!open.said) for (const part of list(item["content"]).map(record)) this.#text(open, textOf(part));
    } else if (open.type === "function_call") {
      if (!open.said) this.#input(open, text(item["arguments"]));
    } else if (open.type === "reasoning") {
      if (!open.said) this.#wholeReasoning(open, item);
      const signature = reasoningSignature(item);
      if (signature) builder.thinkingSignature(open.block, signature);
    } else if (SERVED.has(open.type)) {
      builder.toolInput(open.block, text(item["arguments"]) || JSON.stringify(item["action"] ?? {}));
      builder.serverToolResult(text(item["id"]), item["output"] ?? item["results"] ?? item["outputs"]);
    }
    builder.endBlock(open.block);
    this.#items.delete(key);
    this.#ended.add(key);
  }

  #wholeReasoning(open: OpenItem, item: Record<string, unknown>): void {
    const texts = list(item["content"]).map((part) => text(record(part)["text"]));
    const summaries = list(item["summary"]).map((part) => text(record(part)["text"]));
    const said = texts.join("") || summaries.filter(Boolean).join("\n\n");
    this.#reasoning(open, "text", said);
  }

  #end(response: Record<string, unknown>): void {
    const { builder, capabilities, context, guarded } = this.#init;
    // Items that came in no event of their own. Of one that is cut short nothing but its pieces is known.
    const completed = response["status"] === "completed";
    if (completed) for (const [at, item] of list(response["output"]).entries()) this.#done(String(at), record(item));
    for (const { block } of this.#items.values()) builder.endBlock(block);
    const usage = record(response["usage"]);
    if (response["usage"]) builder.usage(pricedUsage(tokensOf(usage), capabilities, count(usage["total_tokens"])));
    const status = text(response["status"]);
    const why = text(record(response["incomplete_details"])["reason"]);
    if (status === "completed") builder.stop(this.#calls > 0 ? "toolUse" : "stop", status);
    else if (why === "max_output_tokens") builder.stop("length", why);
    else if (why === "content_filter") builder.stop("error", why, filtered(guarded));
    else
      builder.stop("error", why || status || "unknown", failure(response["error"] ?? incomplete(status, why), context));
  }

  #unreadable(): BedrockError {
    const problem = "The stream holds an event that is none of the Responses API";
    return new BedrockError({ kind: "protocol", problem, fix: "Send the request again" });
  }
}

const MESSAGE: Record<string, unknown> = { type: "message" };
const REASONING: Record<string, unknown> = { type: "reasoning" };

/** Items are numbered; where a number is missing their id tells them apart. */
function keyOf(event: Record<string, unknown>): string {
  const { output_index: index, item_id: id } = event;
  return typeof index === "number" ? String(index) : text(id) || text(record(event["item"])["id"]);
}

function textOf(part: Record<string, unknown>): string {
  return text(part["text"]) || text(part["refusal"]);
}

/** `input_tokens` includes what was read from and written to the cache, our `input` does not. */
function tokensOf(usage: Record<string, unknown>): Parameters<typeof pricedUsage>[0] {
  const details = record(usage["input_tokens_details"]);
  const all = count(usage["input_tokens"]);
  const cacheRead = Math.min(all, count(details["cached_tokens"]));
  const cacheWrite = Math.min(all - cacheRead, count(details["cache_write_tokens"]));
  return { input: all - cacheRead - cacheWrite, output: count(usage["output_tokens"]), cacheRead, cacheWrite };
}

function incomplete(status: string, why: string): object {
  return { message: `The response ended as ${status || "unknown"}${why ? ` (${why})` : ""}` };
}

function namelessCall(): BedrockError {
  const problem = "The answer is broken: it holds a tool call without a name";
  return new BedrockError({ kind: "protocol", problem, fix: "Send the request again" });
}
