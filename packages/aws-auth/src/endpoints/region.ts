import { AwsAuthError } from "../aws-auth-error.ts";
import { present } from "../environment.ts";
import type { AwsSessionOptions, AwsViewOptions, BedrockService, ResolvedRegion } from "../types.ts";
import { isRegionName } from "./aws-host.ts";
import { customEndpoint, type EndpointSources } from "./custom-endpoint.ts";

export interface RegionSources extends EndpointSources {
  readonly options: Pick<AwsSessionOptions, "region" | "endpoints" | "profile">;
  readonly view: AwsViewOptions;
}

/** Which services' endpoints are asked for a region, the service in question first. */
const SERVICES: readonly BedrockService[] = ["bedrock-runtime", "bedrock", "bedrock-mantle"];

/**
 * The region of requests to a service: the explicit one, the model ARN's, that of a custom endpoint's host, `AWS_REGION`,
 * `AWS_DEFAULT_REGION`, the profile's, `us-east-1`. Blanks are absent.
 * @throws AwsAuthError of kind `invalid-config` if the first one found is not a region name.
 */
export function resolveRegion(service: BedrockService, sources: RegionSources): ResolvedRegion {
  for (const { name, source } of candidates(service, sources)) {
    const set = present(name);
    if (!set) continue;
    if (isRegionName(set)) return { name: set, source };
    throw new AwsAuthError({
      kind: "invalid-config",
      problem: `"${set}" (${source}) is not the name of an AWS region`,
      fix: "Use one such as us-east-1 or eu-central-1",
    });
  }
  return { name: "us-east-1", source: "default" };
}

function* candidates(
  service: BedrockService,
  sources: RegionSources,
): Generator<{ readonly name: string | undefined; readonly source: string }> {
  const { options, view, env, files } = sources;
  yield { name: view.region, source: "option region" };
  yield { name: options.region, source: "option region" };
  yield { name: view.arnRegion, source: "the model's ARN" };
  for (const each of new Set([service, ...SERVICES])) {
    const endpoint = customEndpoint(each, sources);
    yield { name: endpoint?.host?.region, source: `endpoint ${endpoint?.url} (${endpoint?.source})` };
  }
  yield { name: env["AWS_REGION"], source: "AWS_REGION" };
  yield { name: env["AWS_DEFAULT_REGION"], source: "AWS_DEFAULT_REGION" };
  const profile = present(options.profile) ?? present(env["AWS_PROFILE"]) ?? "default";
  yield { name: files().profile(profile)?.get("region"), source: `profile "${profile}"` };
}
