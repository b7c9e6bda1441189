import type { AwsSession } from "@clawrock/aws-auth";
import { providerEntry } from "../config/provider-entry.ts";
import type { HostConfig, HostEnv } from "../host-types.ts";
import { MANTLE } from "../ids.ts";
import { placed, regionOf } from "./place.ts";
import { sessionFor } from "./sessions.ts";

export interface ProviderPlace {
  readonly config: HostConfig | undefined;
  /** As in `models.providers` and before the slash of a model. */
  readonly provider: string;
  readonly env?: HostEnv | undefined;
  /** The model's own base URL, where it has one. */
  readonly baseUrl?: string | undefined;
  /** The plugin's configured region, where the provider's entry says none. */
  readonly region: string | undefined;
}

/**
 * The session a provider's calls go through: the profile of its entry in `models.providers`, in the region of the base URL,
 * else of the entry, else of the plugin's settings, else of the environment.
 * @throws BedrockError or AwsAuthError of kind `invalid-config`.
 */
export function providerSession({ config, provider, env, baseUrl, region }: ProviderPlace): AwsSession {
  const entry = providerEntry(config, provider);
  const session = sessionFor({ env, profile: entry.profile });
  const url = baseUrl ?? entry.baseUrl;
  const fallback = entry.region ?? region;
  if (provider !== MANTLE) return placed(session, { baseUrl: url, region: fallback });
  // The session's own endpoint variable may point elsewhere; Mantle's base URL is the host's to call.
  return session.in({ region: (url && regionOf(url)) || fallback });
}
