import type { AssistantMessage, ErrorKind, RequestAdjustment } from "@clawrock/conversation";

/** What every event of a call carries. */
export interface DiagnosticBase {
  /** One for each `stream` and `complete`. */
  readonly callId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/**
 * What happens in a call, in order: `call-start`, perhaps `lookup-failed`, `request`, any number of `attempt-failed`, perhaps
 * `decoder-fallback`, `response`, any number of `unknown-event`, `first-token`; after a mended refusal `adjusted` and another `request`; at last `call-end`.
 */
export type DiagnosticDetail =
  /** A turn was asked for. `model` is the id as the caller wrote it. */
  | { readonly type: "call-start"; readonly model: string; readonly provider: string }
  /** GetInferenceProfile did not say what is behind the ARN; the call goes on with the defaults of an unknown model. */
  | { readonly type: "lookup-failed"; readonly kind: ErrorKind; readonly message: string }
  /** A request is about to be sent. */
  | {
      readonly type: "request";
      readonly operation: "Converse" | "ConverseStream";
      readonly modelId: string;
      readonly region: string;
      /** Host and, where it is not the default, port. */
      readonly server: string;
      readonly maxTokens: number | undefined;
      readonly temperature: number | undefined;
      readonly topP: number | undefined;
      readonly stopSequences: readonly string[] | undefined;
      /** What was changed of the transcript so that the service takes it. */
      readonly repairs: readonly unknown[];
    }
  /** One attempt of the SDK failed; it may try again by itself. `attempt` counts from 1. */
  | {
      readonly type: "attempt-failed";
      readonly attempt: number;
      readonly kind: ErrorKind;
      readonly message: string;
      readonly requestId: string | undefined;
    }
  /** The service accepted the request. */
  | {
      readonly type: "response";
      readonly status: number;
      readonly requestId: string | undefined;
      readonly decoder: "own" | "sdk" | "none";
    }
  /** The own decoder was wanted, and the AWS SDK's serves the call. */
  | { readonly type: "decoder-fallback"; readonly reason: string }
  /** An event that this version does not know. */
  | { readonly type: "unknown-event"; readonly name: string; readonly payload: unknown }
  /** The first piece of content arrived, so long after `call-start`. */
  | { readonly type: "first-token"; readonly ms: number }
  /** The service refused the request, and it is sent again without what it refused. */
  | { readonly type: "adjusted"; readonly adjustment: RequestAdjustment }
  /** The terminal event of the stream. `message` is the caller's own: do not change it. */
  | { readonly type: "call-end"; readonly ms: number; readonly message: AssistantMessage };

export type ConverseDiagnostic = DiagnosticBase & DiagnosticDetail;
