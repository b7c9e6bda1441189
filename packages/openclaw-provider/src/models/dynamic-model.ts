import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { UNPLACED } from "../aws/place.ts";
import { type Settings, settingsOf } from "../config/settings.ts";
import type { DynamicModelContext, HostConfig, HostModel, HostModelApi } from "../host-types.ts";
import { MANTLE_API } from "../ids.ts";
import { mantleCompat } from "./mantle-compat.ts";
import { rowOf } from "./row.ts";

/**
 * A model for a turn from its id alone, without any network: turns never wait for discovery, and any id, profile or ARN
 * can be named. Where it will run is settled by the turn, unless the provider's settings say it.
 */
export function dynamicModel(context: DynamicModelContext, api: HostModelApi): HostModel | undefined {
  const ref = parseModelRef(context.modelId);
  if (ref.kind === "unknown") return undefined;
  const limits = limitsOf(context.config);
  const capabilities = capabilitiesOf(ref);
  const row = rowOf({
    id: context.modelId,
    name: undefined,
    capabilities,
    contextWindow: limits.defaultContextWindow,
    maxTokens: limits.defaultMaxTokens,
  });
  return {
    ...row,
    api,
    provider: context.provider,
    baseUrl: context.providerConfig?.baseUrl || UNPLACED,
    ...(api === MANTLE_API && { compat: mantleCompat(capabilities) }),
  };
}

/** Settings that cannot be used are the turn's to complain about: an error here would hide them behind "unknown model". */
function limitsOf(config: HostConfig | undefined): Settings["discovery"] {
  try {
    return settingsOf(config).discovery;
  } catch {
    return settingsOf(undefined).discovery;
  }
}
