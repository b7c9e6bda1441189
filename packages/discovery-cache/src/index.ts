export { createDiscoveryCache } from "./discovery-cache.ts";
export { type FileStoreOptions, fileStore } from "./stores/file-store.ts";
export { type KeyvLike, type KeyvStoreOptions, keyvStore } from "./stores/keyv-store.ts";
export { memoryStore } from "./stores/memory-store.ts";
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
