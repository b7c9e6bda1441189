import type { BedrockService } from "../types.ts";
import { awsHostName } from "./aws-host.ts";
import { type CustomEndpoint, customEndpoint, isTrue } from "./custom-endpoint.ts";
import { type RegionSources, resolveRegion } from "./region.ts";

/** Where requests to a service go. */
export interface EndpointChoice {
  readonly region: string;
  /** Set only where the SDK would not choose it by itself from region, FIPS and dual-stack. */
  readonly pinned: string | undefined;
  readonly fips: boolean;
  readonly dualStack: boolean;
}

/**
 * Decides between a custom endpoint and the SDK's own choice. A custom host that is merely the ordinary one of its region
 * pins nothing, so that FIPS settings and an ARN's region keep their effect; a FIPS or dual-stack host moves along with the
 * region; PrivateLink and foreign hosts stay as they are.
 */
export function chooseEndpoint(service: BedrockService, sources: RegionSources): EndpointChoice {
  const region = resolveRegion(service, sources).name;
  const custom = customEndpoint(service, sources);
  if (custom && !isOrdinary(service, custom)) {
    const { host } = custom;
    const movable = host && custom.bare && !host.privateLink && host.region !== region;
    const pinned = movable ? `https://${awsHostName(host.label, region, host.dualStack)}` : custom.url;
    return { region, pinned, fips: false, dualStack: false };
  }
  return {
    region,
    pinned: undefined,
    fips: setting("USE_FIPS_ENDPOINT", sources),
    dualStack: setting("USE_DUALSTACK_ENDPOINT", sources),
  };
}

/** Whether an endpoint says no more than the SDK would choose by itself for its region. */
function isOrdinary(service: BedrockService, { host, bare }: CustomEndpoint): boolean {
  const dualStack = service === "bedrock-mantle";
  return bare && host !== undefined && !host.privateLink && host.dualStack === dualStack && host.label === service;
}

/** The base URL of a service, without a trailing slash. Mantle answers on the dual-stack domain only. */
export function endpointUrl(service: BedrockService, { region, pinned, fips, dualStack }: EndpointChoice): string {
  if (pinned !== undefined) return pinned;
  if (service === "bedrock-mantle") return `https://${awsHostName(service, region, true)}`;
  return `https://${awsHostName(fips ? `${service}-fips` : service, region, dualStack)}`;
}

function setting(
  name: "USE_FIPS_ENDPOINT" | "USE_DUALSTACK_ENDPOINT",
  { options, env, files }: RegionSources,
): boolean {
  const variable = env[`AWS_${name}`];
  if (variable) return isTrue(variable);
  return isTrue(
    files()
      .profile(options.profile ?? env["AWS_PROFILE"] ?? "default")
      ?.get(name.toLowerCase()),
  );
}
