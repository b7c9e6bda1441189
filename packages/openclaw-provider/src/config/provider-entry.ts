import { BedrockError } from "@clawrock/conversation";
import type { HostConfig } from "../host-types.ts";

/** What an entry of `models.providers` says about identity and place. */
export interface ProviderEntry {
  readonly baseUrl: string | undefined;
  readonly region: string | undefined;
  /** Profile of the shared AWS files whose credentials this provider uses. */
  readonly profile: string | undefined;
}

/**
 * `models.providers.<provider>`. The profile stands in `params`, which the host leaves to plugins, so that entries can use
 * different accounts: `params: { profile: "work" }`.
 * @throws BedrockError of kind `invalid-config` for a profile that is no name.
 */
export function providerEntry(config: HostConfig | undefined, provider: string): ProviderEntry {
  const { baseUrl, region, params } = config?.models?.providers?.[provider] ?? {};
  const profile = params?.["profile"];
  if (profile !== undefined && (typeof profile !== "string" || profile.trim() === "")) {
    throw new BedrockError({
      kind: "invalid-config",
      problem: `models.providers.${provider}.params.profile must be the name of an AWS profile, not ${typeof profile === "string" ? "blank" : `a value of type ${typeof profile}`}`,
      fix: "Name a profile of ~/.aws/config, or take the key away",
    });
  }
  return { baseUrl: baseUrl || undefined, region: region || undefined, profile };
}
