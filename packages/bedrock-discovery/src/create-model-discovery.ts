import { createHash } from "node:crypto";
import type { CacheAnswer, DiscoveryCache } from "@clawrock/discovery-cache";
import { discoverModels } from "./discover-models.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

export interface ModelDiscoveryOptions extends Omit<DiscoverModelsOptions, "signal"> {
  readonly cache: DiscoveryCache;
}

/** Asks for the models; `signal` ends this caller's wait. */
export type ModelDiscovery = (how?: {
  readonly signal?: AbortSignal | undefined;
}) => Promise<CacheAnswer<DiscoveryResult>>;

/**
 * `discoverModels` with a cache before it: at once where the list is known, one request at a time, the last good list where
 * the service fails. A list with warnings is given, but not kept.
 *
 * @throws what `discoverModels` throws, if there has never been a list.
 */
export function createModelDiscovery({ cache, ...options }: ModelDiscoveryOptions): ModelDiscovery {
  return async ({ signal } = {}) =>
    cache.get(await modelListKey(options), (until) => discoverModels({ ...options, signal: until }), {
      signal,
      keep: ({ warnings }) => warnings.length === 0,
    });
}

/**
 * The key of a list: where it comes from, who asks, and what is asked. Of the identity only what does not rotate: a hash of a
 * given bearer token, the id of keys without an end, else the name of the source.
 */
export async function modelListKey(options: Omit<DiscoverModelsOptions, "signal">): Promise<string> {
  const { aws, filter, include = [], defaultContextWindow, defaultMaxTokens } = options;
  const { kind, source } = aws.describe();
  const providers = (filter?.providers ?? []).map((name) => name.trim().toLowerCase()).filter(Boolean);
  return JSON.stringify([
    ...["bedrock-models", 1, aws.endpoint("bedrock"), aws.clientConfig("bedrock").region, kind, source],
    await lastingIdentity(aws, kind),
    [...new Set(providers)].sort(),
    [...include].sort(),
    defaultContextWindow,
    defaultMaxTokens,
  ]);
}

async function lastingIdentity(aws: DiscoverModelsOptions["aws"], kind: string): Promise<string | undefined> {
  if (kind === "bearer") {
    const { token } = await aws.bearerToken();
    return createHash("sha256").update(token).digest("hex");
  }
  if (kind !== "explicit" && kind !== "env") return undefined;
  const { accessKeyId, expiresAt } = await aws.identity();
  return expiresAt === undefined ? accessKeyId : undefined;
}
