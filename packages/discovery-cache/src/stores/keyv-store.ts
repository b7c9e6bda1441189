import { checkDuration } from "../check-options.ts";
import type { CacheEntry, CacheStore } from "../types.ts";

/** What is used of a Keyv instance (https://keyv.org), or of anything that behaves like one. */
export interface KeyvLike {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

export interface KeyvStoreOptions {
  /** How long an entry stays after it was written, in milliseconds, however stale. Default 30 days. */
  readonly keepFor?: number | undefined;
}

const DAY_MS = 86_400_000;
/** Changes with the form of what is written, so that versions side by side do not read each other. */
const PREFIX = "v1:";

/**
 * A store in anything that has a Keyv adapter, such as one Redis or Valkey for a fleet. The Keyv instance stays the caller's:
 * its namespace, its `error` listener, its `disconnect()`.
 *
 * @throws RangeError for a `keepFor` that is no duration.
 */
export function keyvStore(keyv: KeyvLike, { keepFor = 30 * DAY_MS }: KeyvStoreOptions = {}): CacheStore {
  checkDuration("keepFor", keepFor);
  const ttlMs = Number.isFinite(keepFor) ? keepFor : undefined;
  return {
    // What is read is checked by the cache, as is that of every store.
    get: async (key) => (await keyv.get(PREFIX + key)) as CacheEntry<unknown> | undefined,
    set: async (key, { value, fetchedAt }) => {
      const taken = await keyv.set(PREFIX + key, { value, fetchedAt }, ttlMs);
      if (taken === false) throw new Error("The Keyv store did not take a list: listen to its error event.");
    },
    delete: async (key) => {
      await keyv.delete(PREFIX + key);
    },
  };
}
