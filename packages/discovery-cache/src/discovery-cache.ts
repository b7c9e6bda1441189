import { asError } from "./as-error.ts";
import { checkCount, checkDuration } from "./check-options.ts";
import { type SharedLoad, shareLoad } from "./shared-load.ts";
import { tolerantStore } from "./tolerant-store.ts";
import type { CacheAnswer, CacheEntry, DiscoveryCache, DiscoveryCacheOptions, GetOptions, Load } from "./types.ts";

const HOUR_MS = 3_600_000;

/** What is known of a key. */
interface Slot<T> {
  entry?: CacheEntry<T>;
  failure?: { readonly at: number; readonly error: Error };
  loading?: SharedLoad<CacheAnswer<T>>;
  /** Deleted by the caller; a slot that was merely pushed out of memory is not. */
  deleted?: true;
}

/**
 * A cache for lists that are slow to get and slow to change. A fresh value is served at once; a stale one too, while one load
 * renews it; only where there is none, or only a very old one, the caller waits. A failed renewal keeps the last good value.
 *
 * @throws RangeError for a duration that is negative or not a number, and for a `maxEntries` below 1.
 */
export function createDiscoveryCache(options: DiscoveryCacheOptions = {}): DiscoveryCache {
  return new Cache(options);
}

class Cache implements DiscoveryCache {
  readonly #slots = new Map<string, Slot<unknown>>();
  readonly #store: DiscoveryCacheOptions["store"];
  readonly #ttl: number;
  readonly #staleFor: number;
  readonly #negativeTtl: number;
  readonly #maxEntries: number;
  readonly #now: () => number;

  constructor(options: DiscoveryCacheOptions) {
    this.#ttl = checkDuration("ttl", options.ttl ?? HOUR_MS);
    this.#staleFor = checkDuration("staleFor", options.staleFor ?? 24 * HOUR_MS);
    this.#negativeTtl = checkDuration("negativeTtl", options.negativeTtl ?? 30_000);
    this.#maxEntries = checkCount("maxEntries", options.maxEntries ?? 100);
    this.#store = options.store && tolerantStore(options.store, options.onStoreError ?? (() => {}));
    this.#now = options.clock ?? Date.now;
  }

  async get<T>(key: string, load: Load<T>, { signal, keep }: GetOptions<T> = {}): Promise<CacheAnswer<T>> {
    signal?.throwIfAborted();
    if (this.#ttl === 0) {
      const alone = shareLoad(load, () => {});
      const value = await alone.wait(signal);
      return { value, fetchedAt: this.#now(), freshness: "loaded" };
    }
    const slot = this.#slot<T>(key);
    const { entry } = slot;
    const age = entry ? this.#age(entry) : Number.POSITIVE_INFINITY;
    if (entry && age < this.#ttl) return { ...entry, freshness: "fresh" };

    const failure = this.#recentFailure(slot);
    if (entry && age < this.#ttl + this.#staleFor) {
      if (!failure) this.#loading(key, slot, load, keep).keepGoing();
      return { ...entry, freshness: "stale", ...(failure && { error: failure.error }) };
    }
    if (failure) return lastGood(entry, failure.error);
    const answer = await this.#loading(key, slot, load, keep).wait(signal);
    if (answer.freshness === "stale") this.#loading(key, slot, load, keep).keepGoing();
    return answer;
  }

  async delete(key: string): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot) slot.deleted = true;
    this.#slots.delete(key);
    await this.#store?.delete(key);
  }

  /** The load of a key that runs, or a new one. */
  #loading<T>(key: string, slot: Slot<T>, load: Load<T>, keep: GetOptions<T>["keep"]): SharedLoad<CacheAnswer<T>> {
    if (slot.loading) return slot.loading;
    const loading = shareLoad(
      (signal) => this.#renew(key, slot, load, keep, signal),
      () => {
        if (slot.loading === loading) delete slot.loading;
      },
    );
    slot.loading = loading;
    return loading;
  }

  async #renew<T>(
    key: string,
    slot: Slot<T>,
    load: Load<T>,
    keep: GetOptions<T>["keep"],
    signal: AbortSignal,
  ): Promise<CacheAnswer<T>> {
    const first = !slot.entry;
    await this.#pull(key, slot);
    signal.throwIfAborted();
    const { entry } = slot;
    // Another process may have renewed it, or left one that is good enough to begin with.
    if (entry && this.#age(entry) < this.#ttl) return { ...entry, freshness: "fresh" };
    if (first && entry && this.#age(entry) < this.#ttl + this.#staleFor) return { ...entry, freshness: "stale" };
    try {
      const value = await load(signal);
      const loaded = { value, fetchedAt: this.#now() };
      delete slot.failure;
      if (keep?.(value) ?? true) await this.#keep(key, slot, loaded);
      return { ...loaded, freshness: "loaded" };
    } catch (thrown) {
      // A load that was given up says nothing about the next one.
      if (signal.aborted) throw thrown;
      const error = asError(thrown);
      slot.failure = { at: this.#now(), error };
      return lastGood(slot.entry, error);
    }
  }

  async #pull<T>(key: string, slot: Slot<T>): Promise<void> {
    const stored = await this.#store?.get(key);
    if (stored && !(slot.entry && slot.entry.fetchedAt >= stored.fetchedAt)) slot.entry = stored as CacheEntry<T>;
  }

  async #keep<T>(key: string, slot: Slot<T>, entry: CacheEntry<T>): Promise<void> {
    slot.entry = entry;
    // A key that was deleted meanwhile stays deleted.
    if (!slot.deleted) await this.#store?.set(key, entry);
  }

  /** The slot of a key, marked as the last one used. */
  #slot<T>(key: string): Slot<T> {
    // A key stands for one kind of value, as the contract says.
    const slot = (this.#slots.get(key) ?? {}) as Slot<T>;
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    for (const oldest of this.#slots.keys()) {
      if (this.#slots.size <= this.#maxEntries) break;
      this.#slots.delete(oldest);
    }
    return slot;
  }

  /** A value from the future, as after a clock was set back, is old: nobody knows how old. */
  #age({ fetchedAt }: CacheEntry<unknown>): number {
    const age = this.#now() - fetchedAt;
    return age >= 0 ? age : this.#ttl;
  }

  #recentFailure({ failure }: Slot<unknown>): Slot<unknown>["failure"] {
    if (!failure) return undefined;
    const age = this.#now() - failure.at;
    return age >= 0 && age < this.#negativeTtl ? failure : undefined;
  }
}

function lastGood<T>(entry: CacheEntry<T> | undefined, error: Error): CacheAnswer<T> {
  if (!entry) throw error;
  return { ...entry, freshness: "last-good", error };
}
