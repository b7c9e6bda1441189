/** A value with the moment it was loaded, in milliseconds since 1970. Plain data: a store may write it as JSON. */
export interface CacheEntry<T> {
  readonly value: T;
  readonly fetchedAt: number;
}

/**
 * A place that outlives the process or is shared by several. The cache keeps its own copy in memory and asks the store only
 * when that is missing or old. A store that throws, takes too long or returns no entry is reported and otherwise treated as
 * empty. What it returns was perhaps written by another version: a store checks it and returns undefined for what it does not
 * understand.
 */
export interface CacheStore {
  get(key: string): Promise<CacheEntry<unknown> | undefined>;
  set(key: string, entry: CacheEntry<unknown>): Promise<void>;
  delete(key: string): Promise<void>;
}

export interface DiscoveryCacheOptions {
  /** How long a value is fresh, in milliseconds. Default one hour; 0 switches the cache off. */
  readonly ttl?: number | undefined;
  /**
   * The part of `ttl`, from 0 to 1, by which chance may shorten it for each value, so that many processes do not renew at the
   * same moment. Default 0.1.
   */
  readonly jitter?: number | undefined;
  /**
   * How long after that it is still served while it is renewed behind the scenes, in milliseconds. Default one day; `Infinity`
   * never makes a caller wait for a list that was ever known.
   */
  readonly staleFor?: number | undefined;
  /** How long a failure is remembered, in milliseconds: no load is tried meanwhile. Default 30 seconds. */
  readonly negativeTtl?: number | undefined;
  /** How many keys are kept in memory, at least 1; the one unused for longest goes first. Default 100. */
  readonly maxEntries?: number | undefined;
  readonly store?: CacheStore | undefined;
  /** How long the store may take to read or write, in milliseconds; afterwards it counts as empty. Default 2 seconds. */
  readonly storeTimeout?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** Hears of a store that fails, one line for people in `message`. */
  readonly onStoreError?: ((error: Error) => void) | undefined;
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
  /** Loads anew although the value is fresh or a failure is remembered, as for a user who asks for it. */
  readonly refresh?: boolean | undefined;
  /**
   * Whether a loaded value is good enough to be kept, e.g. not a partial list; an error says why not, and comes with the older
   * value that is served meanwhile. Default: every value is.
   */
  readonly keep?: ((value: T) => boolean | Error) | undefined;
  /** Whether what a store holds is a value of this kind. What is not is loaded anew. Default: it is taken on trust. */
  readonly accept?: ((stored: unknown) => stored is T) | undefined;
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
  /** What is known of a key without loading it, however old; undefined if nothing is. */
  peek<T>(key: string, options?: Pick<GetOptions<T>, "accept">): Promise<CacheAnswer<T> | undefined>;
  /** Forgets a key, in the store too. */
  delete(key: string): Promise<void>;
  /** Resolves when no load runs any more, also none behind a stale value: for a process that is about to exit. */
  idle(): Promise<void>;
}
