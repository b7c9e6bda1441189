import type { JsonObject } from "../json.ts";

/** A request in the form in which an engine answers it: the same for Converse and for Chat Completions. */
export interface Turn {
  /** The foundation model that is addressed. */
  readonly modelId: string;
  readonly system: readonly string[];
  readonly messages: readonly TurnMessage[];
  readonly tools: readonly TurnTool[];
  /** Names of offered tools that the service runs itself. */
  readonly systemTools?: readonly string[];
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
      /** A document whose passages the answer shall cite. */
      readonly cited?: CitedDocument;
    }
  | { readonly kind: "toolUse"; readonly id: string; readonly name: string; readonly input: JsonObject }
  | { readonly kind: "toolResult"; readonly id: string; readonly text: string; readonly failed: boolean }
  | { readonly kind: "reasoning"; readonly text: string };

export interface TurnTool {
  readonly name: string;
  readonly description: string;
  readonly schema: JsonObject;
}

/** The text of a document to cite from, in the pieces that its format has: whole, as chunks or as pages. */
export interface CitedDocument {
  readonly pieces: readonly string[];
  readonly location: "documentChar" | "documentChunk" | "documentPage";
}

/** Where a cited passage stands: characters, chunks or pages, the end not included. */
export interface Citation {
  readonly title: string;
  readonly source: string;
  readonly location: CitedDocument["location"];
  readonly documentIndex: number;
  readonly start: number;
  readonly end: number;
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
  /** Begins a block of text that rests on the passage; text up to `citedEnd` is in it. */
  | { readonly kind: "citation"; readonly citation: Citation }
  | { readonly kind: "citedEnd" }
  /** With `server`: of a tool that the service runs itself. */
  | { readonly kind: "toolUse"; readonly id: string; readonly name: string; readonly server?: true }
  | { readonly kind: "serverResult"; readonly id: string; readonly name: string; readonly json: JsonObject }
  | { readonly kind: "toolInput"; readonly json: string }
  | { readonly kind: "stop"; readonly reason: StopReason; readonly stopSequence?: string }
  | { readonly kind: "usage"; readonly inputTokens: number; readonly outputTokens: number };

/** Answers a turn. The last event is `stop`; `usage` may stand anywhere and is counted by the emulator where it is missing. */
export type Engine = (turn: Turn, signal: AbortSignal) => AsyncIterable<AnswerEvent> | Iterable<AnswerEvent>;
