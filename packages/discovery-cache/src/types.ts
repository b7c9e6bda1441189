/** A value with the moment it was loaded, in milliseconds since 1970. Plain data: a store may write it as JSON. */
export interface CacheEntry<T> {
  readonly value: T;
  readonly fetchedAt: number;
}

/**
 * A place that outlives the process or is shared by several. The cache keeps its own copy in memory and asks the store only
 * when that is missing or old. A store that throws or returns no entry is reported and otherwise treated as empty. What it returns was perhaps
 * written by another version: a store checks it and returns undefined for what it does not understand.
 */
export interface CacheStore {
  get(key: string): Promise<CacheEntry<unknown> | undefined>;
  set(key: string, entry: CacheEntry<unknown>): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface DiscoveryCacheOptions {
  /** How long a value is fresh, in milliseconds. Default one hour; 0 switches the cache off. */
  readonly ttl?: number | undefined;
  /** How long after that it is still served while it is renewed behind the scenes, in milliseconds. Default one day. */
  readonly staleFor?: number | undefined;
  /** How long a failure is remembered, in milliseconds: no load is tried meanwhile. Default 30 seconds. */
  readonly negativeTtl?: number | undefined;
  /** How many keys are kept in memory, at least 1; the one unused for longest goes first. Default 100. */
  readonly maxEntries?: number | undefined;
  readonly store?: CacheStore | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** Hears of a store that fails. */
  readonly onStoreError?: ((error: unknown) => void) | undefined;
}

/**
 * `loaded`: just now. `fresh`: younger than `ttl`. `stale`: older, and being renewed. `last-good`: older than `ttl` and
 * `staleFor` together, and it cannot be renewed; `error` says why.
 */
export type Freshness = "loaded" | "fresh" | "stale" | "last-good";

export interface CacheAnswer<T> extends CacheEntry<T> {
  readonly freshness: Freshness;
  /** Why the last attempt to renew the value failed; absent if it did not. */
  readonly error?: Error;
}

export interface GetOptions<T> {
  /** Ends this caller's wait. The load itself is aborted when nobody waits for it any more. */
  readonly signal?: AbortSignal | undefined;
  /** Whether a loaded value is good enough to be kept, e.g. not a partial list. Default: every value is. */
  readonly keep?: ((value: T) => boolean) | undefined;
}

export type Load<T> = (signal: AbortSignal) => Promise<T>;

export interface DiscoveryCache {
  /**
   * The value of a key, from memory, from the store or loaded. Whoever asks while a load runs waits for that one. A key stands
   * for one kind of value: put what tells the kinds apart into it.
   * @throws what `load` threw if there is no value at all, also when the failure is a remembered one; the signal's reason if
   *   the caller aborted.
   */
  get<T>(key: string, load: Load<T>, options?: GetOptions<T>): Promise<CacheAnswer<T>>;
  /** Forgets a key, in the store too. */
  delete(key: string): Promise<void>;
}
