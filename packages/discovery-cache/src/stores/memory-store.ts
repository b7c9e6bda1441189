import type { CacheEntry, CacheStore } from "../types.ts";

/** A store in memory, for several caches that share what they found. It keeps everything until it is deleted. */
export function memoryStore(): CacheStore {
  const entries = new Map<string, CacheEntry<unknown>>();
  return {
    get: async (key) => entries.get(key),
    set: async (key, entry) => {
      entries.set(key, entry);
    },
    delete: async (key) => {
      entries.delete(key);
    },
  };
}
