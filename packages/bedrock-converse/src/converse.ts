import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";
import {
  type AssistantMessage,
  type AssistantMessageStream,
  createEventStream,
  MessageBuilder,
  type Timeouts,
  toBedrockError,
  toolNamesByWireName,
} from "@clawrock/conversation";
import type { GuardrailConfig } from "@clawrock/guardrails";
import { ClientPool } from "./client-pool.ts";
import { readModel } from "./model/read-model.ts";
import { buildRequest } from "./request/build-request.ts";

import { sendStream, sendWhole } from "./send.ts";
import { ConverseSource } from "./stream/converse-source.ts";
import type { ConverseRequest, ResolvedModel } from "./types.ts";

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
}

export interface Converse {
  /**
   * Sends a turn and streams the answer. Never throws: whatever goes wrong is the stream's one `error` event, with
   * `errorMessage` in words and `errorCode` as the stable kind.
   */
  stream(request: ConverseRequest, options?: StreamOptions): AssistantMessageStream;
  /** The same, and waits for the whole answer. `stopReason` says whether it is one. */
  complete(request: ConverseRequest, options?: StreamOptions): Promise<AssistantMessage>;
}

/** A client of Amazon Bedrock's Converse API. Cheap to make; the AWS SDK is loaded by the first call. */
export function createConverse(options: ConverseOptions): Converse {
  const clients = new ClientPool(options.aws);
  const stream: Converse["stream"] = (request, streamOptions = {}) =>
    openStream(request, streamOptions, options, clients);
  return { stream, complete: (request, streamOptions) => stream(request, streamOptions).result() };
}

function openStream(
  request: ConverseRequest,
  stream: StreamOptions,
  options: ConverseOptions,
  clients: ClientPool,
): AssistantMessageStream {
  const id = typeof request.model === "string" ? request.model : (request.model?.id ?? "");
  const builder = new MessageBuilder({
    api: "bedrock-converse-stream",
    provider: options.provider ?? "amazon-bedrock",
    model: id,
  });
  try {
    const model = typeof request.model === "object" ? request.model : readModel(id);
    const source = openSource(request, model, builder, stream, options, clients);
    const action = `Converse with ${id}`;
    return createEventStream({ builder, source, signal: stream.signal, timeouts: options.timeouts, action });
  } catch (error) {
    builder.fail(toBedrockError(error));
    return createEventStream({ builder, source: NO_SOURCE });
  }
}

const NO_SOURCE = { pull: () => Promise.resolve(false), cancel: () => undefined };

function openSource(
  request: ConverseRequest,
  model: ResolvedModel,
  builder: MessageBuilder,
  { onPayload, onResponse }: StreamOptions,
  { guardrail, decoder = "own" }: ConverseOptions,
  clients: ClientPool,
): ConverseSource {
  const { input } = buildRequest(request, model, typeof guardrail === "function" ? guardrail() : guardrail);
  return new ConverseSource({
    builder,
    capabilities: model.capabilities,
    context: { action: `Converse with ${model.id}`, model: model.id, region: clients.region(model.arnRegion) },
    toolNames: toolNamesByWireName(request.tools ?? []),
    async open(abortSignal) {
      const payload = ((await onPayload?.(input)) ?? input) as ConverseStreamCommandInput;
      const client = await clients.client(model.arnRegion);
      const whole = payload.toolConfig !== undefined && !model.capabilities.tools.value.streaming;
      const opened = await (whole ? sendWhole : sendStream)(client, payload, { abortSignal, decoder });
      const headers: Record<string, string> = opened.requestId ? { "x-amzn-requestid": opened.requestId } : {};
      await onResponse?.({ status: opened.status, headers });
      return opened;
    },
  });
}
