import type { ModelName, ModelRef } from "../types.ts";
import { formatArn } from "./arn.ts";
import { formatModelName } from "./model-name.ts";
import { vendorOfName } from "./vendors.ts";

/** Composes the id or ARN of a ref from its fields. `formatModelRef(parseModelRef(id))` is `id` for every id AWS lists. */
export function formatModelRef(ref: ModelRef): string {
  switch (ref.kind) {
    case "unknown":
      return ref.raw;
    case "foundation-model":
    case "inference-profile": {
      const geography = ref.kind === "inference-profile" ? `${ref.geography}.` : "";
      const id = geography + formatModelName(ref.model, { suffix: true });
      return ref.arn === undefined ? id : formatArn({ arn: ref.arn, resourceType: ref.kind, resourceId: id });
    }
    default:
      return formatArn({ arn: ref.arn, resourceType: ref.kind, resourceId: ref.resourceId });
  }
}

/**
 * The foundation model id behind a ref: without geography and suffix, with its vendor where the name tells it.
 * `undefined` for refs whose id says nothing about the model.
 */
export function baseModelId(ref: ModelRef): string | undefined {
  const model = modelNameOf(ref);
  return model === undefined ? undefined : formatModelName(withVendor(model), { suffix: false });
}

/** The readable name inside a ref, if it has one. */
export function modelNameOf(ref: ModelRef): ModelName | undefined {
  return ref.kind === "foundation-model" || ref.kind === "inference-profile" ? ref.model : undefined;
}

/** Fills in the vendor that Mantle's vendor-less ids leave out. */
export function withVendor(model: ModelName): ModelName {
  return model.vendor === undefined ? { ...model, vendor: vendorOfName(model.name) } : model;
}
