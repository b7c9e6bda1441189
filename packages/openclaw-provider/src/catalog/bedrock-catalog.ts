import { createModelDiscovery } from "@clawrock/bedrock-discovery";
import { placed } from "../aws/place.ts";
import { sessionFor } from "../aws/sessions.ts";
import type { Settings } from "../config/settings.ts";
import type { CatalogContext, HostCatalog, HostLogger } from "../host-types.ts";
import { BEDROCK, BEDROCK_API } from "../ids.ts";
import { rowOf } from "../models/row.ts";
import { modelLists } from "./model-lists.ts";

/**
 * The Converse models this account can invoke. What could not be listed is told to the log; the rest is listed.
 * @throws BedrockError if there is no list, not even an earlier one.
 */
export async function bedrockCatalog(
  { discovery }: Settings,
  { config, env, signal }: CatalogContext,
  logger: HostLogger,
): Promise<HostCatalog> {
  const { region, providers, refreshIntervalMs, defaultContextWindow, defaultMaxTokens } = discovery;
  const { baseUrl } = config.models?.providers?.[BEDROCK] ?? {};
  const aws = placed(sessionFor(env), { baseUrl, region });
  const cache = modelLists(refreshIntervalMs);
  const discover = createModelDiscovery({ cache, aws, filter: { providers }, defaultContextWindow, defaultMaxTokens });
  const { value, error } = await discover({ signal });
  for (const { message } of value.warnings) logger.warn(message);
  if (error) logger.warn(`The Bedrock model list is from earlier: ${error.message}`);
  return {
    baseUrl: aws.endpoint("bedrock-runtime"),
    api: BEDROCK_API,
    auth: "aws-sdk",
    models: value.models.map(({ id, name, capabilities, contextWindow, maxOutputTokens }) =>
      rowOf({ id, name, capabilities, contextWindow, maxTokens: maxOutputTokens }),
    ),
  };
}
