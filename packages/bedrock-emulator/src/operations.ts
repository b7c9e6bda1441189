import type { Call } from "./call.ts";
import { foundationModelAvailability } from "./control-plane/availability.ts";
import { getFoundationModel } from "./control-plane/get-foundation-model.ts";
import { getGuardrail } from "./control-plane/get-guardrail.ts";
import { listFoundationModels } from "./control-plane/list-foundation-models.ts";
import { getInferenceProfile, listInferenceProfiles } from "./control-plane/list-inference-profiles.ts";
import {
  listCustomModels,
  listDeployments,
  listImportedModels,
  listPromptRouters,
  listProvisionedModels,
} from "./control-plane/list-own-models.ts";
import { converse } from "./converse/converse.ts";
import { converseStream } from "./converse/converse-stream.ts";
import { countTokensOperation } from "./converse/count-tokens.ts";
import type { Fault } from "./faults/fault.ts";
import { applyGuardrail } from "./guardrails/apply-guardrail.ts";
import { httpRefusal } from "./http/http-refusals.ts";
import { sendJson } from "./http/respond.ts";
import type { Route } from "./http/routes.ts";
import { ServiceError } from "./http/service-error.ts";
import { invokeModel, invokeModelStream } from "./invoke/invoke-model.ts";
import { chatCompletions } from "./mantle/chat-completions.ts";
import { countMessageTokens, messages } from "./mantle/messages.ts";
import { listMantleModels } from "./mantle/models.ts";
import { responses } from "./mantle/responses/responses.ts";

const emptyLists: Readonly<Record<string, object>> = {
  ListFoundationModels: { modelSummaries: [] },
  ListInferenceProfiles: { inferenceProfileSummaries: [] },
  ListImportedModels: { modelSummaries: [] },
  ListCustomModels: { modelSummaries: [] },
  ListCustomModelDeployments: { modelDeploymentSummaries: [] },
  ListProvisionedModelThroughputs: { provisionedModelSummaries: [] },
  ListPromptRouters: { promptRouterSummaries: [] },
  ListModels: { object: "list", data: [] },
};

/** Runs the operation of a route and answers. Throws the refusals of its surface. */
export async function runOperation(call: Call, route: Route, fault: Fault | undefined): Promise<void> {
  const { state, region, received, reply } = call;
  const [first = ""] = route.parameters;
  if (fault?.kind === "empty") {
    const nothing = emptyLists[route.operation];
    if (nothing) return sendJson(reply, 200, nothing);
  }
  switch (route.operation) {
    case "ListFoundationModels":
      return sendJson(reply, 200, listFoundationModels(state.catalog.models, region, received.query));
    case "GetFoundationModel":
      return sendJson(reply, 200, getFoundationModel(state.catalog, first, region));
    case "ListInferenceProfiles":
      return sendJson(
        reply,
        200,
        listInferenceProfiles(state.catalog.profiles(region), received.query, state.pageSize),
      );
    case "GetInferenceProfile":
      return sendJson(reply, 200, getInferenceProfile(state.catalog.profiles(region), first));
    case "GetFoundationModelAvailability":
      return sendJson(reply, 200, foundationModelAvailability(state, first));
    case "GetGuardrail":
      return sendJson(reply, 200, getGuardrail(call, first));
    case "ListImportedModels":
      return sendJson(reply, 200, listImportedModels(call));
    case "ListCustomModels":
      return sendJson(reply, 200, listCustomModels(call));
    case "ListCustomModelDeployments":
      return sendJson(reply, 200, listDeployments(call));
    case "ListProvisionedModelThroughputs":
      return sendJson(reply, 200, listProvisionedModels(call));
    case "ListPromptRouters":
      return sendJson(reply, 200, listPromptRouters(call));
    case "CountTokens":
      return countTokensOperation(call, first);
    case "ApplyGuardrail":
      return applyGuardrail(call, first, route.parameters[1] ?? "");
    case "Converse":
      return converse(call, first);
    case "ConverseStream":
      return converseStream(call, first, fault);
    case "InvokeModel":
      return invokeModel(call, first);
    case "InvokeModelWithResponseStream":
      return invokeModelStream(call, first, fault);
    case "ListModels":
      return sendJson(reply, 200, listMantleModels());
    case "ChatCompletions":
      return chatCompletions(call, first, fault);
    case "Responses":
      return responses(call, first, fault);
    case "Messages":
      return messages(call, fault);
    case "CountMessageTokens":
      return countMessageTokens(call);
    default:
      throw new ServiceError("UnknownOperationException", httpRefusal("unknown-operation", route.operation));
  }
}
