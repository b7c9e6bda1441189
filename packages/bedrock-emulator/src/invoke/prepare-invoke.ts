import type { Call } from "../call.ts";
import { type PreparedConverse, type PreparedGuardrail, prepareGuardrail } from "../converse/prepare.ts";
import { converseTurn } from "../converse/to-turn.ts";
import { countInput } from "../engine/tokens.ts";
import { guardedContent } from "../guardrails/guarded-content.ts";
import { jsonBody } from "../http/received.ts";
import { invalid } from "../http/service-error.ts";
import { isJsonObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";
import { modelRefusal } from "../models/model-refusals.ts";
import { checkSettings } from "../models/settings.ts";
import { nativeFormats } from "./formats.ts";
import { checkModelRules } from "./model-rules.ts";
import type { NativeFormat } from "./native-format.ts";
import { nativeRefusal } from "./native-refusals.ts";

/** A call of InvokeModel that the model would run. */
export interface PreparedInvoke extends PreparedConverse {
  readonly format: NativeFormat;
  /** The body as the caller wrote it, without what is meant for the guardrail. */
  readonly native: JsonObject;
}

/** Parses and checks an InvokeModel call of a text model. Throws the service's refusals. */
export function prepareInvoke(call: Call, model: AddressedModel, streaming: boolean): PreparedInvoke {
  const { behaviour } = model;
  if (!behaviour || (streaming && !model.streaming)) {
    const operation = streaming ? "InvokeModelWithResponseStream" : "InvokeModel";
    throw invalid(modelRefusal("operation-unsupported", model.modelId, operation));
  }
  const sent = jsonBody(call.received);
  if (!isJsonObject(sent)) throw invalid(nativeRefusal("native-body"));
  const { "amazon-bedrock-guardrailConfig": guardrailConfig, ...native } = sent;
  const settings = { tier: headerOf(call, "service-tier"), latency: headerOf(call, "performanceconfig-latency") };
  checkSettings(model, settings, call.state.reservations);
  const format = nativeFormats[behaviour.native];
  const body = format.toConverse(native, model);
  const turn = converseTurn(body, model);
  const inputTokens = countInput(turn);
  checkModelRules({
    body,
    model,
    behaviour,
    streaming,
    inputTokens,
    thinkingSigner: call.state.thinkingSigner,
    admitForeignThinking: call.state.admitForeignThinking,
  });
  const mode = stringAt(isJsonObject(guardrailConfig) ? guardrailConfig : {}, "streamProcessingMode");
  const guardrail = guardrailOfHeaders(call, mode);
  const cache = call.state.promptCache.count(body, model, call.state.clock());
  return {
    body,
    model,
    turn,
    inputTokens,
    guarded: guardedContent(body),
    format,
    native,
    ...(cache && { cache }),
    ...(guardrail && { guardrail }),
  };
}

/** The guardrail that the headers of InvokeModel and of the runtime's `/openai/v1` name. */
export function guardrailOfHeaders(call: Call, mode?: string): PreparedGuardrail | undefined {
  const guardrailIdentifier = headerOf(call, "guardrailidentifier");
  const guardrailVersion = headerOf(call, "guardrailversion");
  if (guardrailIdentifier === undefined && guardrailVersion === undefined) return undefined;
  const trace = headerOf(call, "trace")?.toLowerCase();
  return prepareGuardrail(
    objectAt(
      {
        config: {
          ...(guardrailIdentifier !== undefined && { guardrailIdentifier }),
          ...(guardrailVersion !== undefined && { guardrailVersion }),
          ...(trace !== undefined && { trace }),
          ...(mode !== undefined && { streamProcessingMode: mode.toLowerCase() }),
        },
      },
      "config",
    ),
    call,
  );
}

/** A header of InvokeModel that says how to serve it. */
function headerOf(call: Call, name: string): string | undefined {
  const value = call.received.headers[`x-amzn-bedrock-${name}`];
  return typeof value === "string" && value !== "" ? value : undefined;
}
