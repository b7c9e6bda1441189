import type { ErrorContext, MessageBuilder } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ToolCallIds } from "./tool-call-ids.ts";
import type { MantleTurn } from "./turn.ts";

/** What an answer needs to become a message. */
export interface AnswerInit {
  readonly builder: MessageBuilder;
  readonly capabilities: ModelCapabilities;
  readonly toolCallIds: ToolCallIds;
  /** The callers' names of tools by the ones on the wire. */
  readonly toolNames: ReadonlyMap<string, string>;
  readonly context: ErrorContext;
  /** Whether the request names a guardrail. */
  readonly guarded: boolean;
}

/** Puts the frames of one streamed answer into a message. */
export interface Answer {
  /**
   * Takes the parsed data of an event. True once the answer is whole and nothing more is to be read.
   * @throws BedrockError for an error the service put into the stream.
   */
  apply(frame: unknown): boolean;
}

export interface RequestInit {
  /** The id as the endpoint spells it. */
  readonly wireId: string;
  /** The id as the caller wrote it. */
  readonly model: string;
  readonly capabilities: ModelCapabilities;
  readonly turn: MantleTurn;
}

/** One of the APIs a turn can go through. */
export interface Family {
  /** `api` of the messages it gives. */
  readonly api: string;
  /** Behind the route's base URL. */
  readonly path: string;
  /** Headers for a turn, beside the caller's. */
  headers(init: RequestInit): Readonly<Record<string, string>>;
  /** The body of the request, streamed. Pure. */
  request(init: RequestInit): object;
  answer(init: AnswerInit): Answer;
}
