export { createDiscoveryCache } from "./discovery-cache.ts";
export { memoryStore } from "./memory-store.ts";
export type {
  CacheAnswer,
  CacheEntry,
  CacheStore,
  DiscoveryCache,
  DiscoveryCacheOptions,
  Freshness,
  GetOptions,
  Load,
} from "./types.ts";
