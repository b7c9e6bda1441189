import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError } from "@clawrock/conversation";
import { createDiscoveryCache, type DiscoveryCache } from "@clawrock/discovery-cache";
import type { OpenAI } from "openai";
import { mantleError } from "../mantle-error.ts";
import type { MantleModel } from "../model.ts";
import { mantleModel } from "../model.ts";
import type { ModelRoute } from "../route/route.ts";
import { listKey } from "./list-key.ts";
import { loadModelIds } from "./load-model-ids.ts";
import { recovered, reportOnce } from "./report-once.ts";
import type { MantleDiscovery, Unavailable } from "./types.ts";

export interface DiscoverInit {
  readonly aws: AwsSession;
  readonly auth: string;
  readonly client: () => Promise<OpenAI>;
  readonly route: (model: MantleModel) => ModelRoute;
  readonly signal?: AbortSignal | undefined;
  readonly refresh?: boolean | undefined;
  readonly timeoutMs: number;
  readonly cache: DiscoveryCache | false | undefined;
  readonly onUnavailable: ((told: Unavailable) => void) | undefined;
}

/** Lists of everybody in this process who brings no cache. */
let processCache: DiscoveryCache | undefined;

/** @throws BedrockError of kind `aborted` when the caller aborts; every other failure is told in the answer. */
export async function discoverModels(init: DiscoverInit): Promise<MantleDiscovery> {
  const { aws, auth, client, signal, refresh, timeoutMs } = init;
  const cache = init.cache === false ? createDiscoveryCache({ ttl: 0 }) : (init.cache ?? ourCache());
  let region = "an unknown region";
  let key = "";
  try {
    region = aws.regionOf("bedrock-mantle");
    key = `${region} ${auth}`;
    key = listKey(aws, auth);
    const load = (until: AbortSignal): Promise<string[]> => loadModelIds({ client, region, signal: until, timeoutMs });
    const { value, error, fetchedAt, freshness } = await cache.get(key, load, {
      signal,
      refresh,
      keep: (ids) => ids.length > 0,
      accept: isIdList,
    });
    const models = value.map((id) => withRoute(mantleModel(id), init));
    const failed = error && (await mantleError(error, { action: "The Mantle model list", region }));
    if (failed) reportOnce(key, { region, reason: failed.message, error: failed }, init.onUnavailable);
    else if (freshness === "loaded" && models.length > 0) recovered(key);
    if (models.length > 0) return { models, fetchedAt, freshness, ...(failed && { error: failed }) };
    const reason = `Mantle lists no models in ${region} for these credentials`;
    reportOnce(key, { region, reason, error: undefined }, init.onUnavailable);
    return { models, unavailable: reason };
  } catch (error) {
    if (signal?.aborted) {
      throw new BedrockError({ kind: "aborted", problem: "The model list was aborted", cause: error });
    }
    const told = await mantleError(error, { action: "The Mantle model list", region });
    reportOnce(key, { region, reason: told.message, error: told }, init.onUnavailable);
    return { models: [], unavailable: told.message, error: told };
  }
}

/** What a store holds may be another version's. */
function isIdList(stored: unknown): stored is string[] {
  return Array.isArray(stored) && stored.every((id) => typeof id === "string");
}

function ourCache(): DiscoveryCache {
  processCache ??= createDiscoveryCache();
  return processCache;
}

function withRoute(model: MantleModel, { route }: DiscoverInit): MantleModel & { readonly route: ModelRoute } {
  return { ...model, route: route(model) };
}
