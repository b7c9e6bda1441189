import type { ConverseDiagnostic } from "./events.ts";
import { redactedRequest } from "./redacted-request.ts";

/** One call for a log or a support case: plain JSON, without words of the conversation and without secrets. */
export interface CallLog {
  readonly callId: string;
  readonly model: string;
  /** The AWS request id of the last answer. */
  readonly requestId: string | undefined;
  /** The requests as they were sent, with sizes in place of words and media. */
  readonly requests: readonly unknown[];
  /** Everything that happened, with milliseconds since the call began. */
  readonly events: readonly { readonly ms: number; readonly type: string; readonly [detail: string]: unknown }[];
  readonly stopReason: string;
  readonly errorMessage: string | undefined;
  readonly usage: unknown;
}

/** Gathers one call and hands the log over when it ends. */
export class DebugLog {
  readonly #give: (log: CallLog) => void;
  readonly #requests: unknown[] = [];
  readonly #events: CallLog["events"][number][] = [];
  #from = 0;
  #model = "";
  #requestId: string | undefined;

  constructor(give: (log: CallLog) => void) {
    this.#give = give;
  }

  request(payload: unknown): void {
    this.#requests.push(redactedRequest(payload));
  }

  readonly listen = (event: ConverseDiagnostic): void => {
    if (event.type === "call-start") {
      this.#from = event.time;
      this.#model = event.model;
    }
    if (event.type === "response" || event.type === "attempt-failed")
      this.#requestId = event.requestId ?? this.#requestId;
    const { callId, time, ...detail } = event;
    const ms = time - this.#from;
    if (detail.type === "request") {
      // Stop sequences are the caller's words.
      this.#events.push({ ms, ...detail, stopSequences: redactedRequest(detail.stopSequences) });
      return;
    }
    if (detail.type !== "call-end") {
      this.#events.push({ ms, ...detail, ...("payload" in detail && { payload: redactedRequest(detail.payload) }) });
      return;
    }
    const { stopReason, errorMessage, usage, responseId } = detail.message;
    this.#events.push({ ms, type: detail.type });
    this.#give({
      callId,
      model: this.#model,
      requestId: responseId ?? this.#requestId,
      requests: this.#requests,
      events: this.#events,
      stopReason,
      errorMessage,
      usage,
    });
  };
}
