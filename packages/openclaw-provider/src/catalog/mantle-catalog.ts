import { modelListKey } from "@clawrock/bedrock-discovery";
import { createMantle, type MantleDiscovery } from "@clawrock/mantle-openai";
import { regionOf } from "../aws/place.ts";
import { sessionFor } from "../aws/sessions.ts";
import type { Settings } from "../config/settings.ts";
import type { CatalogContext, HostCatalog, HostLogger } from "../host-types.ts";
import { MANTLE, MANTLE_API } from "../ids.ts";
import { mantleCompat } from "../models/mantle-compat.ts";
import { rowOf } from "../models/row.ts";
import { modelLists } from "./model-lists.ts";

/** The Mantle models that answer Chat Completions. @throws BedrockError if there is no list, not even an earlier one. */
export async function mantleCatalog(
  settings: Settings,
  { config, env, signal }: CatalogContext,
  logger: HostLogger,
): Promise<HostCatalog> {
  const { baseUrl } = config.models?.providers?.[MANTLE] ?? {};
  const aws = sessionFor(env).in({ region: (baseUrl && regionOf(baseUrl)) || settings.mantle.region });
  const mantle = createMantle({ aws });
  const key = JSON.stringify(["mantle-models", aws.endpoint("bedrock-mantle"), await modelListKey({ aws })]);
  const load = async (aborted: AbortSignal): Promise<MantleDiscovery> => {
    const found = await mantle.discoverModels({ signal: aborted });
    if (found.error) throw found.error;
    return found;
  };
  const { value, error } = await modelLists(settings.mantle.refreshIntervalMs).get(key, load, { signal });
  if (error) logger.warn(`The Bedrock Mantle model list is from earlier: ${error.message}`);
  if (value.unavailable) logger.warn(value.unavailable);
  const chat = value.models.filter((model) => mantle.route(model).apis.includes("chat"));
  return {
    baseUrl: `${aws.endpoint("bedrock-mantle")}/v1`,
    api: MANTLE_API,
    auth: "api-key",
    models: chat.map((model) => ({
      ...rowOf({
        id: model.id,
        name: undefined,
        capabilities: model.capabilities,
        contextWindow: settings.discovery.defaultContextWindow,
        maxTokens: settings.discovery.defaultMaxTokens,
      }),
      baseUrl: mantle.route(model).baseUrl,
      compat: mantleCompat(model.capabilities),
    })),
  };
}
