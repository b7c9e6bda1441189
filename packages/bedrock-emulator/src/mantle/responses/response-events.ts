import { createHash, randomBytes } from "node:crypto";
import type { AnswerEvent } from "../../engine/turn.ts";

/** An event of a streamed response. */
export interface ResponseEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

type Item = Record<string, unknown>;

/**
 * The output items of one response and the events that make them, in the order of recorded streams. Ids of calls begin at
 * `call_0` in every response, so they repeat.
 */
export class ResponseEvents {
  readonly output: Item[] = [];
  readonly #encrypted: boolean;
  readonly #visible: boolean;
  #open: { kind: "text" | "reasoning" | "call"; item: Item; text: string } | undefined;
  #calls = 0;

  /** `encrypted`: reasoning items carry `encrypted_content`; `visible`: they carry their text. */
  constructor(options: { readonly encrypted: boolean; readonly visible: boolean }) {
    this.#encrypted = options.encrypted;
    this.#visible = options.visible;
  }

  take(event: AnswerEvent): ResponseEvent[] {
    switch (event.kind) {
      case "text":
        return [...this.#enterText(), ...this.#grow("response.output_text.delta", event.text, { logprobs: [] })];
      case "reasoning":
        return [
          ...this.#enterReasoning(),
          ...(this.#visible ? this.#grow("response.reasoning_text.delta", event.text, {}) : this.#keep(event.text)),
        ];
      case "toolUse": {
        const item = { arguments: "", call_id: `call_${this.#calls++}`, id: itemId("fc"), name: event.name };
        return this.#enter("call", { ...item, status: "in_progress", type: "function_call" });
      }
      case "toolInput":
        return event.json === "" ? [] : this.#grow("response.function_call_arguments.delta", event.json, {}, false);
      default:
        return [];
    }
  }

  /** Completes the open item. */
  leave(): ResponseEvent[] {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return [];
    const at = { item_id: open.item["id"], output_index: this.output.length - 1 };
    if (open.kind === "reasoning") {
      if (this.#visible) open.item["content"] = [{ text: open.text, type: "reasoning_text" }];
      const done = { type: "response.reasoning_text.done", content_index: 0, text: open.text, ...at };
      return [...(this.#visible ? [done] : []), this.#item("response.output_item.done")];
    }
    open.item["status"] = "completed";
    if (open.kind === "call") {
      open.item["arguments"] = open.text || "{}";
      return [
        { type: "response.function_call_arguments.done", arguments: open.item["arguments"], ...at },
        this.#item("response.output_item.done"),
      ];
    }
    const part = { annotations: [], logprobs: [], text: open.text, type: "output_text" };
    open.item["content"] = [part];
    return [
      { type: "response.output_text.done", content_index: 0, logprobs: [], text: open.text, ...at },
      { type: "response.content_part.done", content_index: 0, part, ...at },
      this.#item("response.output_item.done"),
    ];
  }

  #enterText(): ResponseEvent[] {
    if (this.#open?.kind === "text") return [];
    const item = { content: [], id: itemId("msg"), phase: "final_answer", role: "assistant" };
    const begun = this.#enter("text", { ...item, status: "in_progress", type: "message" });
    const part = { annotations: [], logprobs: [], text: "", type: "output_text" };
    const at = { item_id: item.id, output_index: this.output.length - 1 };
    return [...begun, { type: "response.content_part.added", content_index: 0, part, ...at }];
  }

  #enterReasoning(): ResponseEvent[] {
    if (this.#open?.kind === "reasoning") return [];
    const id = itemId("rs");
    const encrypted_content = `rsn_${createHash("sha256").update(id).digest("base64")}${randomBytes(96).toString("base64")}`;
    return this.#enter("reasoning", {
      ...(this.#encrypted && { encrypted_content }),
      id,
      summary: [],
      type: "reasoning",
    });
  }

  #enter(kind: "text" | "reasoning" | "call", item: Item): ResponseEvent[] {
    const left = this.leave();
    this.output.push(item);
    this.#open = { kind, item, text: "" };
    return [...left, this.#item("response.output_item.added")];
  }

  #item(type: string): ResponseEvent {
    return { type, item: { ...this.output.at(-1) }, output_index: this.output.length - 1 };
  }

  #keep(text: string): ResponseEvent[] {
    if (this.#open) this.#open.text += text;
    return [];
  }

  #grow(type: string, delta: string, more: object, content = true): ResponseEvent[] {
    this.#keep(delta);
    const at = { item_id: this.#open?.item["id"], output_index: this.output.length - 1 };
    return [{ type, delta, obfuscation: "", ...(content && { content_index: 0 }), ...more, ...at }];
  }
}

function itemId(prefix: string): string {
  return `${prefix}_${randomBytes(16).toString("hex")}`;
}
