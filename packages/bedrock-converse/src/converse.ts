import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";
import {
  type AssistantMessage,
  type AssistantMessageStream,
  createEventStream,
  MessageBuilder,
  type Timeouts,
  toBedrockError,
} from "@clawrock/conversation";
import type { DiscoveryCache } from "@clawrock/discovery-cache";
import type { GuardrailConfig } from "@clawrock/guardrails";
import { ClientPool, type RuntimeSdk } from "./client-pool.ts";
import { countTokens, type TokenCount } from "./count-tokens.ts";
import { CallDiagnostics, type DiagnosticListener } from "./diagnostics/call-diagnostics.ts";
import { type CallLog, DebugLog } from "./diagnostics/debug-log.ts";
import { readModel } from "./model/read-model.ts";
import { openTurn } from "./turn.ts";
import type { ConverseRequest } from "./types.ts";

export interface ConverseOptions {
  /** The session, or a view of it, that says who asks and where. */
  readonly aws: AwsSession;
  /** A guardrail for every request. A function is asked at each turn, so that a changed setting applies to the next one. */
  readonly guardrail?: GuardrailConfig | (() => GuardrailConfig | undefined) | undefined;
  /**
   * Who decodes the answer's frames: this package (default; faster, every checksum verified) or the AWS SDK.
   */
  readonly decoder?: "own" | "sdk" | undefined;
  /** How long the service may be silent. Default: two minutes each. */
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Whether a refused request is mended and sent once more, where that is known to help. Default: true. */
  readonly selfHealing?: boolean | undefined;
  /**
   * Gives the ids that the account's lists hold. Asked once the service knows no model of an id: where exactly one listed id
   * means the same model and geography (`us.anthropic.claude-opus-4-6-v1` for `…-v1:0`), the request is sent again with it.
   */
  readonly listedModels?: ((signal: AbortSignal) => Promise<readonly string[]>) | undefined;
  /** Where look-ups of application inference profiles are kept. Default: in memory, for each session. */
  readonly cache?: DiscoveryCache | undefined;
  /** Gives the AWS SDK to use, for bundlers and for versions of one's own. Default: the installed one, at the first call. */
  readonly sdk?: (() => Promise<RuntimeSdk>) | undefined;
  /** The provider id in the messages. Default: `amazon-bedrock`. */
  readonly provider?: string | undefined;
}

export interface StreamOptions {
  /** Ends the stream with one `error` event of reason `aborted` and closes the connection at once. */
  readonly signal?: AbortSignal | undefined;
  /** Sees the request before it is sent and may give another one to send. */
  readonly onPayload?: ((payload: ConverseStreamCommandInput) => unknown) | undefined;
  /** Called when the service has accepted the request, before the first event. */
  readonly onResponse?:
    | ((response: { status: number; headers: Record<string, string> }) => void | Promise<void>)
    | undefined;
  /** Hears of everything that happens in this call; `CONVERSE_CHANNEL` carries the same for all calls of the process. */
  readonly onDiagnostic?: DiagnosticListener | undefined;
  /** Given one log of the whole call at its end, without words of the conversation, media or secrets. */
  readonly debugLog?: ((log: CallLog) => void) | undefined;
}

export interface Converse {
  /**
   * Sends a turn and streams the answer. Never throws: whatever goes wrong is the stream's one `error` event, with
   * `errorMessage` in words and `errorCode` as the stable kind.
   */
  stream(request: ConverseRequest, options?: StreamOptions): AssistantMessageStream;
  /** The same, and waits for the whole answer. `stopReason` says whether it is one. */
  complete(request: ConverseRequest, options?: StreamOptions): Promise<AssistantMessage>;
  /**
   * How many input tokens the request has, by the service's own count; it costs nothing. Claude from 3.5 on.
   *
   * @throws BedrockError, of kind `invalid-request` for models that cannot be counted; the signal's reason when aborted
   */
  countTokens(request: ConverseRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<TokenCount>;
}

/** A client of Amazon Bedrock's Converse API. Cheap to make; the AWS SDK is loaded by the first call. */
export function createConverse(options: ConverseOptions): Converse {
  const clients = new ClientPool(options.aws, options.sdk);
  const stream: Converse["stream"] = (request, streamOptions = {}) =>
    openStream(request, streamOptions, options, clients);
  return {
    stream,
    complete: (request, streamOptions) => stream(request, streamOptions).result(),
    countTokens: (request, { signal } = {}) => countTokens(request, signal, options, clients),
  };
}

function openStream(
  request: ConverseRequest,
  stream: StreamOptions,
  options: ConverseOptions,
  clients: ClientPool,
): AssistantMessageStream {
  const id = typeof request.model === "string" ? request.model : (request.model?.id ?? "");
  const provider = options.provider ?? "amazon-bedrock";
  const builder = new MessageBuilder({ api: "bedrock-converse-stream", provider, model: id });
  const debugLog = stream.debugLog && new DebugLog(stream.debugLog);
  const diagnostics = new CallDiagnostics([stream.onDiagnostic, debugLog?.listen]);
  const onEnd = (message: AssistantMessage): void => {
    const ms = diagnostics.elapsedMs;
    message.timing = { ...message.timing, totalMs: ms };
    diagnostics.publish({ type: "call-end", ms, message });
  };
  diagnostics.publish({ type: "call-start", model: id, provider });
  try {
    const model = typeof request.model === "object" ? request.model : readModel(id);
    const aborted = stream.signal?.aborted === true;
    const turn = { request, model, builder, stream, options, clients, diagnostics, debugLog };
    const source = aborted ? NO_SOURCE : openTurn(turn);
    const action = `Converse with ${id}`;
    return createEventStream({ builder, source, signal: stream.signal, timeouts: options.timeouts, action, onEnd });
  } catch (error) {
    builder.fail(toBedrockError(error));
    return createEventStream({ builder, source: NO_SOURCE, onEnd });
  }
}

const NO_SOURCE = { pull: () => Promise.resolve(false), cancel: () => undefined };
