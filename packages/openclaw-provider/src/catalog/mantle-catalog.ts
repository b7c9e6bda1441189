import type { AwsSession } from "@clawrock/aws-auth";
import { modelListKey } from "@clawrock/bedrock-discovery";
import type { CacheAnswer } from "@clawrock/discovery-cache";
import { createMantle } from "@clawrock/mantle-openai";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { providerSession } from "../aws/provider-session.ts";
import type { Settings } from "../config/settings.ts";
import type { CatalogContext, HostCatalog } from "../host-types.ts";
import { MANTLE, MANTLE_API } from "../ids.ts";
import { mantleRoute } from "../models/mantle-route.ts";
import { rowOf, UNPRICED } from "../models/row.ts";
import type { RunningHost } from "../running-host.ts";
import type { ListRequest } from "./bedrock-catalog.ts";
import { modelLists, refreshAsked } from "./model-lists.ts";

/** What Mantle lists, as it is kept: what the models can do is looked up anew, so that a newer release knows more. */
export interface MantleList {
  readonly ids: readonly string[];
  /** Why there are none. */
  readonly unavailable?: string | undefined;
}

/** The Mantle models, each at its address and API. @throws BedrockError if there is no list, not even an earlier one. */
export async function mantleCatalog(
  settings: Settings,
  { config, env, signal }: CatalogContext,
  host: RunningHost,
): Promise<HostCatalog> {
  const aws = mantleSession(settings, { config, env });
  const { value, error } = await listMantle(aws, settings, host, { config, env, signal, refresh: refreshAsked() });
  if (error) host.logger.warn(`The Bedrock Mantle model list is from earlier: ${error.message}`);
  if (value.unavailable) host.logger.warn(value.unavailable);
  const { defaultContextWindow: contextWindow, defaultMaxTokens: maxTokens } = settings.discovery;
  const origin = aws.endpoint("bedrock-mantle");
  return {
    baseUrl: `${origin}/v1`,
    api: MANTLE_API,
    auth: "api-key",
    models: value.ids.map((id) => {
      const capabilities = capabilitiesOf(parseModelRef(id));
      const { api, path, compat } = mantleRoute(capabilities);
      const row = rowOf({ id, name: undefined, capabilities, contextWindow, maxTokens });
      return { ...UNPRICED, ...row, api, baseUrl: origin + path, ...(compat && { compat }) };
    }),
  };
}

/** Where Mantle is asked. @throws BedrockError or AwsAuthError of kind `invalid-config`. */
export function mantleSession({ mantle }: Settings, { config, env }: ListRequest): AwsSession {
  return providerSession({ config, provider: MANTLE, env, region: mantle.region });
}

/** The ids that are kept from an earlier list; none where there was none. Asks nobody. */
export async function knownMantleIds(
  aws: AwsSession,
  { mantle }: Settings,
  host: RunningHost,
): Promise<readonly string[]> {
  const known = await modelLists(mantle.refreshIntervalMs, host).peek<MantleList>(await keyOf(aws));
  return known?.value.ids ?? [];
}

/** The list with its age. @throws BedrockError if there has never been one. */
export async function listMantle(
  aws: AwsSession,
  { mantle }: Settings,
  host: RunningHost,
  { signal, refresh }: ListRequest,
): Promise<CacheAnswer<MantleList>> {
  const load = async (until: AbortSignal): Promise<MantleList> => {
    const { models, unavailable, error } = await createMantle({ aws, cache: false }).discoverModels({ signal: until });
    if (error) throw error;
    return { ids: models.map(({ id }) => id), unavailable };
  };
  return modelLists(mantle.refreshIntervalMs, host).get(await keyOf(aws), load, { signal, refresh });
}

async function keyOf(aws: AwsSession): Promise<string> {
  return JSON.stringify(["mantle-models", 2, aws.endpoint("bedrock-mantle"), await modelListKey({ aws })]);
}
