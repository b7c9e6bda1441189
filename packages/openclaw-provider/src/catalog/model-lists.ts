import { createDiscoveryCache, type DiscoveryCache } from "@clawrock/discovery-cache";

/** The lists of this process by their lifetime: both providers and every registration of the plugin share them. */
const caches = new Map<number, DiscoveryCache>();

/** The cache of model lists that live so long; 0 keeps nothing. */
export function modelLists(refreshIntervalMs: number): DiscoveryCache {
  const known = caches.get(refreshIntervalMs);
  if (known) return known;
  const cache = createDiscoveryCache({ ttl: refreshIntervalMs });
  caches.set(refreshIntervalMs, cache);
  return cache;
}
