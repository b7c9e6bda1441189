import type { Call } from "../call.ts";
import { invalid } from "../http/service-error.ts";
import {
  deploymentStatuses,
  type OwnModel,
  type OwnPlace,
  ownArn,
  provisionedStatuses,
  routerTypes,
} from "../models/own-models.ts";
import { modelArn } from "../models/profiles.ts";
import { controlRefusal } from "./control-refusals.ts";
import { pageOf } from "./pages.ts";

const CREATED = "2026-01-15T00:00:00Z";

type Own<Kind extends OwnModel["kind"]> = Extract<OwnModel, { readonly kind: Kind }>;

/** `GET /imported-models` (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListImportedModels.html). */
export function listImportedModels(call: Call): object {
  return listed(call, "modelSummaries", "imported", (model, place) => ({
    modelArn: ownArn(model, place),
    modelName: model.name,
    creationTime: CREATED,
    instructSupported: model.instructSupported ?? true,
    modelArchitecture: model.architecture ?? "llama",
  }));
}

/** `GET /custom-models` (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListCustomModels.html). */
export function listCustomModels(call: Call): object {
  return listed(call, "modelSummaries", "custom", (model, place) => ({
    modelArn: ownArn(model, place),
    modelName: model.name,
    creationTime: CREATED,
    baseModelArn: modelArn(place.region, model.of),
    baseModelName: model.of,
    customizationType: "FINE_TUNING",
    ownerAccountId: place.accountId,
    modelStatus: "Active",
  }));
}

/**
 * `GET /model-customization/custom-model-deployments`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListCustomModelDeployments.html).
 */
export function listDeployments(call: Call): object {
  const wanted = statusOf(call, deploymentStatuses);
  return listed(call, "modelDeploymentSummaries", "deployment", (model, place) => {
    const { name, of, status = "Active", custom } = model;
    if (wanted !== null && wanted !== status) return undefined;
    return {
      customModelDeploymentArn: ownArn(model, place),
      customModelDeploymentName: name,
      modelArn: ownArn({ kind: "custom", name: custom, of }, place),
      createdAt: CREATED,
      status,
    };
  });
}

/**
 * `GET /provisioned-model-throughputs`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListProvisionedModelThroughputs.html).
 */
export function listProvisionedModels(call: Call): object {
  const wanted = statusOf(call, provisionedStatuses);
  return listed(call, "provisionedModelSummaries", "provisioned", (model, place) => {
    const { name, of, status = "InService" } = model;
    if (wanted !== null && wanted !== status) return undefined;
    const arn = modelArn(place.region, of);
    return {
      provisionedModelName: name,
      provisionedModelArn: ownArn(model, place),
      modelArn: arn,
      desiredModelArn: arn,
      foundationModelArn: arn,
      modelUnits: 1,
      desiredModelUnits: 1,
      status,
      creationTime: CREATED,
      lastModifiedTime: CREATED,
    };
  });
}

/** `GET /prompt-routers` (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListPromptRouters.html). */
export function listPromptRouters(call: Call): object {
  const wanted = call.received.query.get("type");
  if (wanted !== null && !routerTypes.some((type) => type === wanted)) {
    throw invalid(controlRefusal("router-type", wanted));
  }
  return listed(call, "promptRouterSummaries", "prompt-router", (model, place) => {
    const { name, of, others, type = "default" } = model;
    if (wanted !== null && wanted !== type) return undefined;
    const target = (id: string): object => ({ modelArn: modelArn(place.region, id) });
    return {
      promptRouterName: name,
      promptRouterArn: ownArn(model, place),
      models: [of, ...others].map(target),
      fallbackModel: target(of),
      routingCriteria: { responseQualityDifference: 0 },
      createdAt: CREATED,
      updatedAt: CREATED,
      status: "AVAILABLE",
      type,
    };
  });
}

/** The models of one kind in pages, those whose name contains what is asked for. */
function listed<Kind extends OwnModel["kind"]>(
  { state, region, received: { query } }: Call,
  key: string,
  kind: Kind,
  summary: (model: Own<Kind>, place: OwnPlace) => object | undefined,
): object {
  const place = { region, accountId: state.accountId };
  const part = query.get("nameContains") ?? "";
  const rows = state.ownModels
    .filter((model): model is Own<Kind> => model.kind === kind && model.name.includes(part))
    .flatMap((model) => summary(model, place) ?? []);
  return pageOf(key, rows, query, state.pageSize);
}

function statusOf({ received: { query } }: Call, allowed: readonly string[]): string | null {
  const status = query.get("statusEquals");
  if (status === null || allowed.includes(status)) return status;
  throw invalid(controlRefusal("own-status", status, allowed));
}
