import { invalid } from "../http/service-error.ts";
import { modelArn } from "../models/profiles.ts";
import type { FoundationModel } from "../models/table.ts";
import { controlRefusal } from "./control-refusals.ts";

const filters: Readonly<Record<string, readonly string[] | undefined>> = {
  byProvider: undefined,
  byCustomizationType: ["FINE_TUNING", "CONTINUED_PRE_TRAINING", "DISTILLATION"],
  byOutputModality: ["TEXT", "IMAGE", "EMBEDDING"],
  byInferenceType: ["ON_DEMAND", "PROVISIONED"],
};

/**
 * `GET /foundation-models`: one page, filtered
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html).
 */
export function listFoundationModels(
  models: readonly FoundationModel[],
  region: string,
  query: URLSearchParams,
): object {
  for (const [name, allowed] of Object.entries(filters)) {
    const value = query.get(name);
    if (value === null || !allowed || allowed.includes(value)) continue;
    throw invalid(controlRefusal("list-filter", name, value, allowed));
  }
  const provider = query.get("byProvider")?.toLowerCase();
  const customization = query.get("byCustomizationType");
  const modality = query.get("byOutputModality");
  const inference = query.get("byInferenceType");
  return {
    modelSummaries: models
      .filter((model) => !provider || model.providerName.toLowerCase() === provider)
      .filter((model) => !customization || model.customizationsSupported?.includes(customization))
      .filter((model) => !modality || model.outputModalities.includes(modality))
      .filter((model) => !inference || model.inferenceTypesSupported.some((type) => type === inference))
      .map((model) => foundationModelSummary(model, region)),
  };
}

/** A model as the control plane describes it. */
export function foundationModelSummary(model: FoundationModel, region: string): object {
  return {
    modelArn: modelArn(region, model.modelId),
    modelId: model.modelId,
    modelName: model.modelName,
    providerName: model.providerName,
    inputModalities: model.inputModalities,
    outputModalities: model.outputModalities,
    responseStreamingSupported: model.responseStreamingSupported,
    customizationsSupported: model.customizationsSupported ?? [],
    inferenceTypesSupported: model.inferenceTypesSupported,
    modelLifecycle: { status: model.lifecycle ?? "ACTIVE" },
  };
}
