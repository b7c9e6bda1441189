import type { AnswerEvent, StopReason } from "../engine/turn.ts";
import { citationMember, serverResultHead } from "./block-members.ts";

/** An event of ConverseStream: its `:event-type` and its payload. */
export interface StreamEvent {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** How an answer ended, known once all of its events were written. */
export interface AnswerEnd {
  reason: StopReason;
  stopSequence?: string;
  inputTokens?: number;
  outputTokens?: number;
}

type BlockKind = "text" | "cited" | "reasoning" | "toolUse";

/**
 * The events of one message from what an engine says. Indexes are contiguous, blocks do not interleave, and only tool use has a
 * `contentBlockStart` (of the caller or of the service), as in all recorded streams; citations come before their text.
 */
export class MessageEvents {
  readonly end: AnswerEnd = { reason: "end_turn" };
  readonly #newToolType: boolean;
  #index = -1;
  #open: BlockKind | undefined;

  constructor(newToolType: boolean) {
    this.#newToolType = newToolType;
  }

  start(): StreamEvent {
    return { type: "messageStart", payload: { role: "assistant" } };
  }

  /** The events for one piece. */
  take(piece: AnswerEvent): StreamEvent[] {
    switch (piece.kind) {
      case "text":
        return [...this.#enter(this.#open === "cited" ? "cited" : "text"), this.#delta({ text: piece.text })];
      case "citation":
        return [...this.#enter("cited"), this.#delta({ citation: citationMember(piece.citation) })];
      case "citedEnd":
        return this.#leave();
      case "serverResult":
        return [
          ...this.#begin({ toolResult: serverResultHead(piece) }),
          this.#delta({ toolResult: [{ json: piece.json }] }),
          ...this.#leave(),
        ];
      case "reasoning":
        return [...this.#enter("reasoning"), this.#delta({ reasoningContent: { text: piece.text } })];
      case "signature":
        return [
          ...this.#enter("reasoning"),
          this.#delta({ reasoningContent: { signature: piece.signature } }),
          ...this.#leave(),
        ];
      case "redacted":
        return [
          ...this.#leave(),
          ...this.#enter("reasoning"),
          this.#delta({ reasoningContent: { redactedContent: piece.base64 } }),
          ...this.#leave(),
        ];
      case "toolUse": {
        const type = piece.server ? "server_tool_use" : "tool_use";
        return this.#begin({
          toolUse: { name: piece.name, toolUseId: piece.id, ...((this.#newToolType || piece.server) && { type }) },
        });
      }
      case "toolInput":
        return [this.#delta({ toolUse: { input: piece.json } })];
      case "usage":
        this.end.inputTokens = piece.inputTokens;
        this.end.outputTokens = piece.outputTokens;
        return [];
      case "stop":
        this.end.reason = piece.reason;
        if (piece.stopSequence !== undefined) this.end.stopSequence = piece.stopSequence;
        return [];
    }
  }

  /** Closes the last block and the message. */
  stop(additionalFields?: Readonly<Record<string, unknown>>): StreamEvent[] {
    const payload = {
      stopReason: this.end.reason,
      ...(additionalFields && { additionalModelResponseFields: additionalFields }),
    };
    return [...this.#leave(), { type: "messageStop", payload }];
  }

  #begin(start: object): StreamEvent[] {
    const left = this.#leave();
    this.#index++;
    this.#open = "toolUse";
    return [...left, { type: "contentBlockStart", payload: { contentBlockIndex: this.#index, start } }];
  }

  #enter(kind: BlockKind): StreamEvent[] {
    if (this.#open === kind) return [];
    const left = this.#leave();
    this.#index++;
    this.#open = kind;
    return left;
  }

  #leave(): StreamEvent[] {
    if (this.#open === undefined) return [];
    this.#open = undefined;
    return [{ type: "contentBlockStop", payload: { contentBlockIndex: this.#index } }];
  }

  #delta(delta: object): StreamEvent {
    return { type: "contentBlockDelta", payload: { contentBlockIndex: this.#index, delta } };
  }
}
