import { invalid } from "../http/service-error.ts";
import type { AddressedModel } from "./catalog.ts";
import { modelRefusal } from "./model-refusals.ts";

/** How a call asks to be served. */
export interface ServingSettings {
  readonly tier?: string | undefined;
  readonly latency?: string | undefined;
}

/**
 * Refuses the tier `reserved` without a reservation, and optimized latency on a model without it
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/latency-optimized-inference.html). Throws the service's refusals.
 */
export function checkSettings(model: AddressedModel, settings: ServingSettings, reservations: readonly string[]): void {
  if (settings.tier === "reserved" && !reservations.includes(model.modelId))
    throw invalid(modelRefusal("reservation-missing"));
  if (settings.latency === "optimized" && !model.latencyOptimized)
    throw invalid(modelRefusal("latency-unsupported", model.modelId));
}
