import { credentialMarker } from "@clawrock/aws-auth";
import { type DiscoverySettings, type Settings, settingsOf } from "../config/settings.ts";
import type { CatalogContext, HostEnv } from "../host-types.ts";
import { BEDROCK, type MANTLE } from "../ids.ts";

/**
 * The settings for listing a provider's models; undefined if they are not to be listed now.
 * @throws BedrockError of kind `invalid-config`.
 */
export function listingSettings(
  provider: typeof BEDROCK | typeof MANTLE,
  context: CatalogContext,
): Settings | undefined {
  if (context.providerIds?.includes(provider) === false) return undefined;
  const settings = settingsOf(context.config);
  return mayDiscover(provider === BEDROCK ? settings.discovery : settings.mantle, context.env) ? settings : undefined;
}

/**
 * Whether to ask AWS for models: as configured, and if that is left open, only where the environment says that AWS
 * credentials are meant. Instance roles leave no such mark and are opted in with `enabled: true`.
 */
export function mayDiscover(settings: DiscoverySettings, env: HostEnv): boolean {
  return settings.enabled ?? credentialMarker(env) !== undefined;
}
