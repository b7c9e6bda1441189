import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime";
import {
  type BedrockError,
  type BlockSource,
  type ErrorContext,
  type MessageBuilder,
  type RequestAdjustment,
  toBedrockError,
  toolNamesByWireName,
} from "@clawrock/conversation";
import { checkGuardrailPlace } from "@clawrock/guardrails";
import { wireId } from "@clawrock/model-capabilities";
import type { ClientPool } from "./client-pool.ts";
import type { ConverseOptions, StreamOptions } from "./converse.ts";
import type { CallDiagnostics } from "./diagnostics/call-diagnostics.ts";
import type { DebugLog } from "./diagnostics/debug-log.ts";
import { heal } from "./healing/heal.ts";
import { HealingSource } from "./healing/healing-source.ts";
import { profileIds } from "./model/profile-ids.ts";
import { lookedUp, needsLookUp } from "./model/resolve-model.ts";
import { buildRequest } from "./request/build-request.ts";
import { type Accepted, sendStream, sendWhole } from "./send.ts";
import { ConverseSource } from "./stream/converse-source.ts";
import type { ConverseRequest, ResolvedModel } from "./types.ts";

/** One turn and everything it needs. */
export interface Turn {
  readonly request: ConverseRequest;
  readonly model: ResolvedModel;
  readonly builder: MessageBuilder;
  readonly stream: StreamOptions;
  readonly options: ConverseOptions;
  readonly clients: ClientPool;
  readonly diagnostics: CallDiagnostics;
  readonly debugLog: DebugLog | undefined;
}

/** A request ready to be sent. */
interface Prepared {
  readonly model: ResolvedModel;
  readonly payload: ConverseStreamCommandInput;
  readonly repairs: readonly unknown[];
}

/** Looks the model up if its id does not tell, builds the request, sends it, and sends it mended if it is refused. */
export function openTurn(turn: Turn): BlockSource {
  const { builder, diagnostics, options } = turn;
  return new HealingSource<Prepared>({
    builder,
    prepare: (signal) => prepare(turn, signal),
    send: (prepared) => send(turn, prepared),
    heal: (prepared, error, signal) => {
      if (options.selfHealing === false) return undefined;
      if (error.kind === "model-not-found") return respelt(turn, prepared, error, signal);
      const healed = heal(prepared.payload, error);
      return healed && { request: { ...prepared, payload: healed.payload }, adjustment: healed.adjustment };
    },
    onAdjusted: (adjustment) => diagnostics.publish({ type: "adjusted", adjustment }),
  });
}

/** The request with the id that the lists hold for the same model. Lists that cannot be had leave the refusal as it is. */
async function respelt(
  { options }: Turn,
  { model, payload, repairs }: Prepared,
  error: BedrockError,
  signal: AbortSignal,
): Promise<{ request: Prepared; adjustment: RequestAdjustment } | undefined> {
  const listed = await options.listedModels?.(signal).catch(() => []);
  const wire = listed && wireId(model.ref, { listed });
  if (wire?.status !== "corrected") return undefined;
  const reason = error.service?.message ?? error.problem;
  return {
    request: { model: { ...model, wireId: wire.id }, payload: { ...payload, modelId: wire.id }, repairs },
    adjustment: { kind: "model-id", detail: `sent ${wire.id}`, reason },
  };
}

async function prepare(turn: Turn, signal: AbortSignal): Promise<Prepared> {
  const { request, builder, options, stream, diagnostics } = turn;
  const model = await knownModel(turn, signal);
  if (model.capabilities.holdUntilStop.value) builder.holdUntilStop();
  const { lookUpError: failed } = model;
  if (failed) diagnostics.publish({ type: "lookup-failed", kind: failed.kind, message: failed.message });
  const guardrail = typeof options.guardrail === "function" ? options.guardrail() : options.guardrail;
  if (guardrail) checkGuardrailPlace(guardrail, { region: turn.clients.place(model.arnRegion).region });
  const { input, changes } = buildRequest(request, model, guardrail);
  const payload = ((await stream.onPayload?.(input)) ?? input) as ConverseStreamCommandInput;
  return { model, payload, repairs: changes };
}

function knownModel({ model, options }: Turn, signal: AbortSignal): ResolvedModel | Promise<ResolvedModel> {
  if (model.targets || !needsLookUp(model)) return model;
  return lookedUp(model, { aws: options.aws, cache: options.cache, signal });
}

function send(turn: Turn, { model, payload, repairs }: Prepared): BlockSource {
  const { builder, request, clients, diagnostics, debugLog, options, stream } = turn;
  const { region, server } = clients.place(model.arnRegion);
  const context: ErrorContext = {
    action: `Converse with ${model.id}`,
    model: model.id,
    region,
    profiles: profileIds(model, region),
  };
  const whole = payload.toolConfig !== undefined && !model.capabilities.tools.value.streaming;
  const { maxTokens, temperature, topP, stopSequences } = payload.inferenceConfig ?? {};
  diagnostics.publish({
    type: "request",
    operation: whole ? "Converse" : "ConverseStream",
    modelId: payload.modelId ?? "",
    region,
    server,
    maxTokens,
    temperature,
    topP,
    stopSequences,
    repairs,
  });
  debugLog?.request(payload);
  const onAttemptFailed = (thrown: unknown, attempt: number): void => {
    const error = toBedrockError(thrown, context);
    const { kind, message, service } = error;
    diagnostics.publish({ type: "attempt-failed", attempt, kind, message, requestId: service?.requestId });
    lastFailure = error;
  };
  const onDecoderRefused = (reason: string): void => diagnostics.publish({ type: "decoder-fallback", reason });
  let lastFailure: ReturnType<typeof toBedrockError> | undefined;
  return new ConverseSource({
    builder,
    capabilities: model.capabilities,
    context,
    toolNames: toolNamesByWireName(request.tools ?? []),
    onFirstContent: () => {
      const ms = diagnostics.elapsedMs;
      builder.timing({ firstTokenMs: ms });
      diagnostics.publish({ type: "first-token", ms });
    },
    onUnknownEvent: (name, event) => diagnostics.publish({ type: "unknown-event", name, payload: event }),
    async open(abortSignal) {
      const client = await clients.client(model.arnRegion);
      const decoder = options.decoder ?? "own";
      const sent = whole ? sendWhole : sendStream;
      const accepted = await sent(client, payload, { abortSignal, decoder, onAttemptFailed, onDecoderRefused });
      // The session renews refused credentials by itself and the SDK sends once more: that is told like any mending.
      if (lastFailure?.kind === "expired-credentials" || lastFailure?.kind === "invalid-credentials") {
        const reason = lastFailure.service?.message ?? lastFailure.problem;
        const adjustment = { kind: "expired-credentials", detail: "renewed the credentials", reason } as const;
        builder.adjusted(adjustment);
        diagnostics.publish({ type: "adjusted", adjustment });
      }
      await told(accepted, diagnostics, stream);
      return accepted;
    },
  });
}

async function told(accepted: Accepted, diagnostics: CallDiagnostics, { onResponse }: StreamOptions): Promise<void> {
  const { status, requestId, decoder } = accepted;
  diagnostics.publish({ type: "response", status, requestId, decoder });
  const headers: Record<string, string> = requestId ? { "x-amzn-requestid": requestId } : {};
  try {
    await onResponse?.({ status, headers });
  } catch (error) {
    // Nobody will read the answer of a call that the caller's own hook ended.
    accepted.release();
    throw error;
  }
}
