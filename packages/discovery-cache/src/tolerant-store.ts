import type { CacheEntry, CacheStore } from "./types.ts";

/** The store behind a cache as one that never fails: what goes wrong is reported, and counts as nothing stored. */
export function tolerantStore(store: CacheStore, report: (error: unknown) => void): CacheStore {
  return {
    get: async (key) => {
      try {
        const stored: unknown = await store.get(key);
        if (stored === undefined || stored === null || isEntry(stored)) return stored ?? undefined;
        throw new TypeError(`The store returned no entry for "${key}". Give { value, fetchedAt } or undefined.`);
      } catch (error) {
        report(error);
        return undefined;
      }
    },
    set: async (key, entry) => {
      try {
        await store.set(key, entry);
      } catch (error) {
        report(error);
      }
    },
    delete: async (key) => {
      try {
        await store.delete(key);
      } catch (error) {
        report(error);
      }
    },
  };
}

function isEntry(value: unknown): value is CacheEntry<unknown> {
  return typeof value === "object" && value !== null && "value" in value && Number.isFinite(fetchedAtOf(value));
}

function fetchedAtOf(value: object): unknown {
  return "fetchedAt" in value ? value.fetchedAt : undefined;
}
