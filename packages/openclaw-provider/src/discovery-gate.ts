import { credentialMarker } from "@clawrock/aws-auth";
import type { DiscoverySettings } from "./config/settings.ts";
import type { HostEnv } from "./host-types.ts";

/**
 * Whether to ask AWS for models: as configured, and if that is left open, only where the environment says that AWS
 * credentials are meant. Instance roles leave no such mark and are opted in with `enabled: true`.
 */
export function mayDiscover(settings: DiscoverySettings, env: HostEnv): boolean {
  return settings.enabled ?? credentialMarker(env) !== undefined;
}
