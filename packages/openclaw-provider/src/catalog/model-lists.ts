import { join } from "node:path";
import { createDiscoveryCache, type DiscoveryCache, fileStore } from "@clawrock/discovery-cache";
import type { RunningHost } from "../running-host.ts";

/** The lists of this process by lifetime and folder: both providers and every registration of the plugin share them. */
const caches = new Map<string, DiscoveryCache>();

/**
 * The cache of model lists that live so long; 0 keeps nothing. Lists are also kept in the host's state folder, so that the
 * next process has them at once.
 */
export function modelLists(refreshIntervalMs: number, { stateDir, logger }: RunningHost): DiscoveryCache {
  const state = stateDir();
  const key = JSON.stringify([refreshIntervalMs, state]);
  const known = caches.get(key);
  if (known) return known;
  const cache = createDiscoveryCache({
    ttl: refreshIntervalMs,
    ...(state !== undefined && { store: fileStore({ directory: join(state, "cache", "clawrock-bedrock") }) }),
    onStoreError: ({ message }) => logger.warn(`Bedrock model lists are not kept on disk: ${message}`),
  });
  caches.set(key, cache);
  return cache;
}

const DAY_MS = 86_400_000;

/** The cache of what does not change: the models behind application inference profiles. */
export function lookUps(host: RunningHost): DiscoveryCache {
  return modelLists(DAY_MS, host);
}

/** Whether the user asked for a list that is new, as `openclaw models list --refresh` does; the host does not pass it on. */
export function refreshAsked(): boolean {
  return process.argv.includes("--refresh");
}
