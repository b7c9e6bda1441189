import type { Call } from "../call.ts";
import { countInput } from "../engine/tokens.ts";
import type { Turn } from "../engine/turn.ts";
import { checkImages } from "../guardrails/check-content.ts";
import type { GuardedContent } from "../guardrails/content.ts";
import { guardedContent } from "../guardrails/guarded-content.ts";
import { type EmulatorGuardrail, findGuardrail } from "../guardrails/guardrail.ts";
import { guardrailRefusal } from "../guardrails/guardrail-refusals.ts";
import { jsonObjectBody } from "../http/received.ts";
import { invalid } from "../http/service-error.ts";
import { type JsonObject, objectAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";
import { modelRefusal } from "../models/model-refusals.ts";
import { checkSettings } from "../models/settings.ts";
import { checkShape } from "../validation/check-shape.ts";
import { converseShape } from "../validation/converse-shape.ts";
import { validateConverse } from "../validation/validate-converse.ts";
import type { CacheCount } from "./prompt-cache.ts";
import { converseTurn } from "./to-turn.ts";

/** A turn that is ready to be answered, with the guardrail that watches it. */
export interface GuardedTurn {
  readonly turn: Turn;
  /** What the guardrail assesses of the input. */
  readonly guarded: GuardedContent;
  readonly guardrail?: PreparedGuardrail;
}

/** A Converse call that the service would run. */
export interface PreparedConverse extends GuardedTurn {
  readonly body: JsonObject;
  readonly model: AddressedModel;
  /** Tokens. */
  readonly inputTokens: number;
  readonly cache?: CacheCount;
}

export interface PreparedGuardrail {
  readonly guardrail: EmulatorGuardrail;
  readonly trace: boolean;
  /** The trace says what was looked for and not found, too. */
  readonly everything: boolean;
  /** `sync`: nothing is sent before it was assessed. */
  readonly mode: "sync" | "async";
}

/** Parses and checks a Converse or ConverseStream request. Throws the service's refusals. */
export function prepareConverse(call: Call, modelId: string, streaming: boolean): PreparedConverse {
  const body = jsonObjectBody(call.received);
  checkShape(body, converseShape);
  const model = call.state.catalog.address(modelId, call.region);
  if (!model.behaviour || (streaming && !model.streaming)) {
    const operation = streaming ? "ConverseStream" : "Converse";
    throw invalid(modelRefusal("operation-unsupported", model.modelId, operation));
  }
  const settings = {
    tier: stringAt(objectAt(body, "serviceTier"), "type"),
    latency: stringAt(objectAt(body, "performanceConfig"), "latency"),
  };
  checkSettings(model, settings, call.state.reservations);
  const turn = converseTurn(body, model);
  const inputTokens = countInput(turn);
  validateConverse({
    body,
    model,
    behaviour: model.behaviour,
    streaming,
    inputTokens,
    thinkingSigner: call.state.thinkingSigner,
    admitForeignThinking: call.state.admitForeignThinking,
  });
  const config = objectAt(body, "guardrailConfig");
  const guardrail = body["guardrailConfig"] === undefined ? undefined : prepareGuardrail(config, call);
  const guarded = guardedContent(body);
  if (guardrail) checkImages(guarded.images ?? []);
  const cache = call.state.promptCache.count(body, model, call.state.clock());
  return {
    body,
    model,
    turn,
    inputTokens,
    guarded,
    ...(cache && { cache }),
    ...(guardrail && { guardrail }),
  };
}

/** Finds the guardrail of a `guardrailConfig`. Throws the service's refusals. */
export function prepareGuardrail(config: JsonObject, call: Call): PreparedGuardrail {
  const identifier = stringAt(config, "guardrailIdentifier");
  const version = stringAt(config, "guardrailVersion");
  if (!identifier || !version) throw invalid(guardrailRefusal("guardrail-half"));
  return {
    guardrail: findGuardrail(call.state.guardrails, identifier, version, call.region),
    trace: ["enabled", "enabled_full"].includes(stringAt(config, "trace") ?? ""),
    everything: stringAt(config, "trace") === "enabled_full",
    mode: stringAt(config, "streamProcessingMode") === "async" ? "async" : "sync",
  };
}
