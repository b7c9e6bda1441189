import { invalid, ServiceError } from "../http/service-error.ts";
import type { Catalog } from "../models/catalog.ts";
import { controlRefusal } from "./control-refusals.ts";
import { foundationModelSummary } from "./list-foundation-models.ts";

/**
 * `GET /foundation-models/{id or ARN}`
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html).
 */
export function getFoundationModel(catalog: Catalog, identifier: string, region: string): object {
  const arn = /^arn:aws[a-z-]*:bedrock:([a-z0-9-]+)::foundation-model\/(.+)$/.exec(identifier);
  if (identifier.startsWith("arn:") && !arn) throw invalid(controlRefusal("foundation-model-arn"));
  const model = catalog.models.find((row) => row.modelId === (arn?.[2] ?? identifier));
  if (!model || (arn && arn[1] !== region)) {
    throw new ServiceError("ResourceNotFoundException", controlRefusal("foundation-model-missing"));
  }
  return { modelDetails: foundationModelSummary(model, region) };
}
