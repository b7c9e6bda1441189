import { invalid } from "../http/service-error.ts";
import type { Catalog } from "../models/catalog.ts";
import { controlRefusal } from "./control-refusals.ts";

const idPattern = "[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63})*";

/**
 * `GET /foundation-model-availability/{modelId}`: everything in the table is available to everybody
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html).
 */
export function foundationModelAvailability(catalog: Catalog, modelId: string): object {
  if (!new RegExp(`^${idPattern}$`).test(modelId)) throw invalid(controlRefusal("availability-id", modelId, idPattern));
  if (!catalog.models.some((row) => row.modelId === modelId)) {
    throw invalid(controlRefusal("availability-model"));
  }
  return {
    modelId,
    agreementAvailability: { status: "AVAILABLE" },
    authorizationStatus: "AUTHORIZED",
    entitlementAvailability: "AVAILABLE",
    regionAvailability: "AVAILABLE",
  };
}
