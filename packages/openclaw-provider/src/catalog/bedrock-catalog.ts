import type { AwsSession } from "@clawrock/aws-auth";
import { createModelDiscovery, type DiscoveryResult } from "@clawrock/bedrock-discovery";
import type { CacheAnswer } from "@clawrock/discovery-cache";
import { providerSession } from "../aws/provider-session.ts";
import type { Settings } from "../config/settings.ts";
import type { CatalogContext, HostCatalog, HostConfig, HostEnv } from "../host-types.ts";
import { BEDROCK, BEDROCK_API } from "../ids.ts";
import { rowOf } from "../models/row.ts";
import type { RunningHost } from "../running-host.ts";
import { modelLists, refreshAsked } from "./model-lists.ts";

export interface ListRequest {
  readonly config: HostConfig | undefined;
  readonly env?: HostEnv | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Ask AWS whatever is kept. */
  readonly refresh?: boolean | undefined;
}

/**
 * The Converse models this account can invoke. What could not be listed is told to the log; the rest is listed.
 * @throws BedrockError if there is no list, not even an earlier one.
 */
export async function bedrockCatalog(
  settings: Settings,
  { config, env, signal }: CatalogContext,
  host: RunningHost,
): Promise<HostCatalog> {
  const aws = bedrockSession(settings, { config, env });
  const { value, error } = await listBedrock(aws, settings, host, { config, env, signal, refresh: refreshAsked() });
  for (const { message } of value.warnings) host.logger.warn(message);
  if (error) host.logger.warn(`The Bedrock model list is from earlier: ${error.message}`);
  return {
    baseUrl: aws.endpoint("bedrock-runtime"),
    api: BEDROCK_API,
    auth: "aws-sdk",
    models: value.models.map(({ id, name, capabilities, contextWindow, maxOutputTokens }) =>
      rowOf({ id, name, capabilities, contextWindow, maxTokens: maxOutputTokens }),
    ),
  };
}

/** Where the models are listed and called. @throws BedrockError or AwsAuthError of kind `invalid-config`. */
export function bedrockSession({ discovery }: Settings, { config, env }: ListRequest): AwsSession {
  return providerSession({ config, provider: BEDROCK, env, region: discovery.region });
}

/** The list with its age; partial ones are given, but not kept. @throws BedrockError if there has never been one. */
export async function listBedrock(
  aws: AwsSession,
  { discovery }: Settings,
  host: RunningHost,
  { signal, refresh }: ListRequest,
): Promise<CacheAnswer<DiscoveryResult>> {
  const { providers, refreshIntervalMs, defaultContextWindow, defaultMaxTokens } = discovery;
  const cache = modelLists(refreshIntervalMs, host);
  return createModelDiscovery({ aws, cache, filter: { providers }, defaultContextWindow, defaultMaxTokens })({
    signal,
    refresh,
  });
}
