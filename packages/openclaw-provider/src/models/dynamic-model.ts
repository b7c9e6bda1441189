import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { regionOf } from "../aws/place.ts";
import { limitsOf } from "../config/limits.ts";
import type { DynamicModelContext, HostModel } from "../host-types.ts";
import { BEDROCK_API, UNPLACED } from "../ids.ts";
import { mantleRoute } from "./mantle-route.ts";
import { rowOf, UNPRICED } from "./row.ts";

/**
 * A model for a turn from its id alone, without any network: turns never wait for discovery, and any id, profile or ARN
 * can be named. Where it will run is settled by the turn, unless the provider's settings say it.
 */
export function dynamicModel(context: DynamicModelContext): HostModel | undefined {
  const ref = parseModelRef(context.modelId);
  if (ref.kind === "unknown") return undefined;
  const capabilities = capabilitiesOf(ref);
  const { modelId: id, provider, providerConfig } = context;
  return {
    ...rowOf({ id, name: undefined, capabilities, ...limitsOf(context.config) }),
    api: BEDROCK_API,
    provider,
    baseUrl: providerConfig?.baseUrl || UNPLACED,
  };
}

/** The same for a model of Mantle, with the API the host is to use. */
export function dynamicMantleModel(context: DynamicModelContext): HostModel | undefined {
  const model = dynamicModel(context);
  if (!model) return undefined;
  const { api, path, compat } = mantleRoute(capabilitiesOf(parseModelRef(context.modelId)));
  // An entry's base URL has the path of one API; at AWS the others are beside it.
  const baseUrl = regionOf(model.baseUrl) ? new URL(path, model.baseUrl).href : model.baseUrl;
  return { ...UNPRICED, ...model, api, baseUrl, ...(compat && { compat }) };
}
