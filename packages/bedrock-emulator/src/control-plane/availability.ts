import { invalid } from "../http/service-error.ts";
import type { Catalog } from "../models/catalog.ts";

/**
 * `GET /foundation-model-availability/{modelId}`: everything in the table is available to everybody
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html).
 */
export function foundationModelAvailability(catalog: Catalog, modelId: string): object {
  if (!/^[a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63})*$/.test(modelId)) {
    throw invalid(
      `1 validation error detected: Value '${modelId}' at 'modelId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z0-9-]{1,63}[.]{1}[a-z0-9-]{1,63}([.:]?[a-z0-9-]{1,63})*`,
    );
  }
  if (!catalog.models.some((row) => row.modelId === modelId)) {
    throw invalid("The provided model identifier is invalid.");
  }
  return {
    modelId,
    agreementAvailability: { status: "AVAILABLE" },
    authorizationStatus: "AUTHORIZED",
    entitlementAvailability: "AVAILABLE",
    regionAvailability: "AVAILABLE",
  };
}
