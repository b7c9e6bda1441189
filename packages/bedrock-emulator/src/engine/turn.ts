import type { JsonObject } from "../json.ts";

/** A request in the form in which an engine answers it: the same for Converse and for Chat Completions. */
export interface Turn {
  /** The foundation model that is addressed. */
  readonly modelId: string;
  readonly system: readonly string[];
  readonly messages: readonly TurnMessage[];
  readonly tools: readonly TurnTool[];
  readonly toolChoice: ToolChoice;
  readonly thinking: TurnThinking;
  /** Tokens. */
  readonly maxTokens: number;
  readonly stopSequences: readonly string[];
  readonly temperature?: number;
  readonly topP?: number;
  /** A JSON schema that the answer must follow. */
  readonly answerSchema?: JsonObject;
}

export type ToolChoice = { readonly kind: "auto" | "any" | "none" } | { readonly kind: "tool"; readonly name: string };

export interface TurnThinking {
  readonly on: boolean;
  /** Ends with a signature, as Claude's does. */
  readonly signed: boolean;
  /** Claude with `display: "omitted"` sends an empty, signed block. */
  readonly visible: boolean;
}

export interface TurnMessage {
  readonly role: "user" | "assistant";
  readonly parts: readonly TurnPart[];
}

export type TurnPart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "media";
      readonly media: "image" | "document" | "video";
      readonly format: string;
      readonly bytes: number;
      readonly name?: string;
      readonly text?: string;
    }
  | { readonly kind: "toolUse"; readonly id: string; readonly name: string; readonly input: JsonObject }
  | { readonly kind: "toolResult"; readonly id: string; readonly text: string; readonly failed: boolean }
  | { readonly kind: "reasoning"; readonly text: string };

export interface TurnTool {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
}

export type StopReason =
  | "end_turn"
  | "tool_use"
  | "max_tokens"
  | "stop_sequence"
  | "guardrail_intervened"
  | "content_filtered";

/** What an engine says, piece by piece. A block ends where the next kind of piece begins. */
export type AnswerEvent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  | { readonly kind: "signature"; readonly signature: string }
  | { readonly kind: "redacted"; readonly base64: string }
  | { readonly kind: "toolUse"; readonly id: string; readonly name: string }
  | { readonly kind: "toolInput"; readonly json: string }
  | { readonly kind: "stop"; readonly reason: StopReason; readonly stopSequence?: string }
  | { readonly kind: "usage"; readonly inputTokens: number; readonly outputTokens: number };

/** Answers a turn. The last event is `stop`; `usage` may stand anywhere and is counted by the emulator where it is missing. */
export type Engine = (turn: Turn, signal: AbortSignal) => AsyncIterable<AnswerEvent> | Iterable<AnswerEvent>;
