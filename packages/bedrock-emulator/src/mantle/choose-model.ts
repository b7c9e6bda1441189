import type { Call } from "../call.ts";
import type { PreparedGuardrail } from "../converse/prepare.ts";
import type { OpenAiEndpoint } from "../http/address.ts";
import { guardrailOfHeaders } from "../invoke/prepare-invoke.ts";
import { refuseByMantleAccess } from "../models/account-access.ts";
import { MantleError, mantleInvalid } from "./mantle-error.ts";
import { mantleRefusal } from "./mantle-refusals.ts";
import { type MantleModel, mantleModels } from "./models.ts";

export type MantleApi = "chat" | "responses" | "messages";

/** A model that a request may use, and the guardrail of its headers where the runtime answers: Mantle knows none. */
export interface ChosenModel {
  readonly model: MantleModel;
  readonly guardrail?: PreparedGuardrail;
}

const apiPaths = { chat: "chat/completions", responses: "responses", messages: "messages" } as const;

/**
 * Finds the model of a request on a route. Throws 404 for an id that the endpoint does not have, and 400 for a model of another
 * route or without the API.
 */
export function chooseModel(
  call: Call,
  id: string | undefined,
  route: MantleModel["route"],
  api: MantleApi,
): ChosenModel {
  if (!id) throw mantleInvalid(mantleRefusal("mantle-model-missing"), "model");
  const { endpoint } = call;
  const onMantle = endpoint === "runtime" ? undefined : mantleModels.find((row) => row.id === id);
  const onRuntime =
    endpoint === "mantle" || route === "/v1" ? undefined : mantleModels.find((row) => namesRuntime(row, id, endpoint));
  const guarded = call.received.headers["x-amzn-bedrock-guardrailidentifier"] !== undefined;
  const byRuntime = onRuntime !== undefined && (onMantle?.route !== route || endpoint === "runtime" || guarded);
  const model = byRuntime ? onRuntime : onMantle;
  if (!model) throw new MantleError(404, "model_not_found", mantleRefusal("mantle-model-unknown", id), "model");
  if (!byRuntime && model.route !== route) throw mantleInvalid(mantleRefusal("mantle-route", id));
  if (!answers(model, api, byRuntime)) {
    if (model.route === "/anthropic/v1" || api === "messages") throw mantleInvalid(mantleRefusal("mantle-route", id));
    throw mantleInvalid(mantleRefusal("mantle-api", id, apiPaths[api]));
  }
  refuseByMantleAccess(call, model.runtimeId === undefined ? [id] : [id, model.id, model.runtimeId], byRuntime);
  const guardrail = byRuntime ? guardrailOfHeaders(call) : undefined;
  return { model, ...(guardrail && { guardrail }) };
}

/**
 * The runtime's ids have versions; Claude has the same id on both. Where nothing says which endpoint is meant, Mantle's ids pass
 * for the models that both have.
 */
function namesRuntime(model: MantleModel, id: string, endpoint: OpenAiEndpoint): boolean {
  const runtimeId = model.route === "/anthropic/v1" ? model.id : model.runtimeId;
  return runtimeId === id || (endpoint === "either" && runtimeId !== undefined && model.id === id);
}

function answers(model: MantleModel, api: MantleApi, byRuntime: boolean): boolean {
  if (api === "messages") return model.route === "/anthropic/v1";
  if (api === "chat") return model.chat;
  return byRuntime ? model.runtimeResponses === true : model.responses;
}
