import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { limitsOf } from "../config/limits.ts";
import type { DynamicModelContext, HostModel, HostModelApi } from "../host-types.ts";
import { MANTLE_API, UNPLACED } from "../ids.ts";
import { mantleCompat } from "./mantle-compat.ts";
import { rowOf } from "./row.ts";

/**
 * A model for a turn from its id alone, without any network: turns never wait for discovery, and any id, profile or ARN
 * can be named. Where it will run is settled by the turn, unless the provider's settings say it.
 */
export function dynamicModel(context: DynamicModelContext, api: HostModelApi): HostModel | undefined {
  const ref = parseModelRef(context.modelId);
  if (ref.kind === "unknown") return undefined;
  const capabilities = capabilitiesOf(ref);
  const row = rowOf({
    id: context.modelId,
    name: undefined,
    capabilities,
    ...limitsOf(context.config),
  });
  return {
    ...row,
    api,
    provider: context.provider,
    baseUrl: context.providerConfig?.baseUrl || UNPLACED,
    ...(api === MANTLE_API && { compat: mantleCompat(capabilities) }),
  };
}
