import { asError } from "./as-error.ts";
import { checkCount, checkDuration, checkPart } from "./check-options.ts";
import { type SharedLoad, shareLoad, type Waiting } from "./shared-load.ts";
import { tolerantStore } from "./stores/tolerant-store.ts";
import type {
  CacheAnswer,
  CacheEntry,
  CacheStore,
  DiscoveryCache,
  DiscoveryCacheOptions,
  GetOptions,
  Load,
} from "./types.ts";

const HOUR_MS = 3_600_000;

/** What is known of a key. */
interface Slot<T> {
  entry?: CacheEntry<T>;
  /** How long the entry is fresh: the ttl, less some chance. */
  freshFor?: number;
  failure?: { readonly at: number; readonly error: Error };
  loading?: SharedLoad<CacheAnswer<T>>;
  /** Deleted by the caller; a slot that was merely pushed out of memory is not. */
  deleted?: true;
}

/**
 * A cache for lists that are slow to get and slow to change. A fresh value is served at once; a stale one too, while one load
 * renews it; only where there is none, or only a very old one, the caller waits. A failed renewal keeps the last good value.
 *
 * @throws RangeError for a duration that is negative or not a number, a `jitter` outside 0 to 1, and a `maxEntries` below 1.
 */
export function createDiscoveryCache(options: DiscoveryCacheOptions = {}): DiscoveryCache {
  return new Cache(options);
}

class Cache implements DiscoveryCache {
  readonly #slots = new Map<string, Slot<unknown>>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #store: CacheStore | undefined;
  readonly #ttl: number;
  readonly #jitter: number;
  readonly #staleFor: number;
  readonly #negativeTtl: number;
  readonly #maxEntries: number;
  readonly #now: () => number;

  constructor(options: DiscoveryCacheOptions) {
    this.#ttl = checkDuration("ttl", options.ttl ?? HOUR_MS);
    this.#jitter = checkPart("jitter", options.jitter ?? 0.1);
    this.#staleFor = checkDuration("staleFor", options.staleFor ?? 24 * HOUR_MS);
    this.#negativeTtl = checkDuration("negativeTtl", options.negativeTtl ?? 30_000);
    this.#maxEntries = checkCount("maxEntries", options.maxEntries ?? 100);
    const storeTimeout = checkDuration("storeTimeout", options.storeTimeout ?? 2_000);
    this.#store = options.store && tolerantStore(options.store, storeTimeout, options.onStoreError ?? (() => {}));
    this.#now = options.clock ?? Date.now;
  }

  async get<T>(key: string, load: Load<T>, options: GetOptions<T> = {}): Promise<CacheAnswer<T>> {
    const { signal, refresh = false } = options;
    signal?.throwIfAborted();
    if (this.#ttl === 0) {
      const value = await this.#share(
        async (waiting) => load(waiting.signal()),
        () => {},
      ).wait(signal);
      return { value, fetchedAt: this.#now(), freshness: "loaded" };
    }
    const slot = this.#slot<T>(key);
    if (refresh) {
      const answer = await this.#loading(key, slot, load, options).wait(signal);
      // The load that ran already may have found in the store what it came for.
      if (answer.freshness === "loaded" || answer.error) return answer;
      return this.#loading(key, slot, load, options).wait(signal);
    }

    const known = this.#known(slot);
    if (known?.freshness === "fresh") return known;
    if (known?.freshness === "stale") {
      if (!known.error) this.#loading(key, slot, load, options).keepGoing();
      return known;
    }
    const failure = this.#recentFailure(slot);
    if (failure) return lastGood(slot.entry, failure.error);
    const answer = await this.#loading(key, slot, load, options).wait(signal);
    // It came from the store. Of all who waited, the first begins to renew it.
    const now = this.#known(slot);
    if (answer.freshness === "stale" && now?.freshness === "stale" && !now.error) {
      this.#loading(key, slot, load, options).keepGoing();
    }
    return answer;
  }

  async peek<T>(key: string, { accept }: Pick<GetOptions<T>, "accept"> = {}): Promise<CacheAnswer<T> | undefined> {
    if (this.#ttl === 0) return undefined;
    const slot = this.#slot<T>(key);
    if (!slot.entry) await this.#pull(key, slot, accept);
    return this.#known(slot);
  }

  async delete(key: string): Promise<void> {
    const slot = this.#slots.get(key);
    if (slot) slot.deleted = true;
    this.#slots.delete(key);
    await this.#store?.delete(key);
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  /** The load of a key that runs, or a new one. */
  #loading<T>(key: string, slot: Slot<T>, load: Load<T>, options: GetOptions<T>): SharedLoad<CacheAnswer<T>> {
    if (slot.loading) return slot.loading;
    const loading = this.#share(
      (waiting) => this.#renew(key, slot, load, options, waiting),
      () => {
        if (slot.loading === loading) delete slot.loading;
      },
    );
    slot.loading = loading;
    return loading;
  }

  #share<T>(load: (waiting: Waiting) => Promise<T>, onEnd: () => void): SharedLoad<T> {
    const shared = shareLoad(load, () => {
      this.#running.delete(shared.ended);
      onEnd();
    });
    this.#running.add(shared.ended);
    return shared;
  }

  async #renew<T>(
    key: string,
    slot: Slot<T>,
    load: Load<T>,
    { keep, accept, refresh }: GetOptions<T>,
    waiting: Waiting,
  ): Promise<CacheAnswer<T>> {
    const first = !slot.entry;
    await this.#pull(key, slot, accept);
    if (waiting.gone()) waiting.signal().throwIfAborted();
    const known = this.#known(slot);
    // Another process may have renewed it, or left one that is good enough to begin with.
    if (known && !refresh && (known.freshness === "fresh" || (first && known.freshness === "stale"))) return known;
    try {
      const value = await load(waiting.signal());
      const loaded = { value, fetchedAt: this.#now() };
      const kept = keep?.(value) ?? true;
      if (kept === true) await this.#keep(key, slot, loaded);
      else this.#fail(slot, slot.entry && asError(kept === false ? "The list loaded last was not good enough" : kept));
      return { ...loaded, freshness: "loaded" };
    } catch (thrown) {
      // A load that was given up says nothing about the next one.
      if (waiting.gone()) throw thrown;
      const error = asError(thrown);
      this.#fail(slot, error);
      return lastGood(slot.entry, error);
    }
  }

  /** What is known without a load. */
  #known<T>(slot: Slot<T>): CacheAnswer<T> | undefined {
    const { entry, freshFor = this.#ttl } = slot;
    if (!entry) return undefined;
    const age = this.#age(entry);
    if (age < freshFor) return { ...entry, freshness: "fresh" };
    const failure = this.#recentFailure(slot);
    const freshness = age < this.#ttl + this.#staleFor ? "stale" : "last-good";
    return { ...entry, freshness, ...(failure && { error: failure.error }) };
  }

  async #pull<T>(key: string, slot: Slot<T>, accept: GetOptions<T>["accept"]): Promise<void> {
    const stored = await this.#store?.get(key);
    if (!stored || (accept && !accept(stored.value))) return;
    if (slot.entry && this.#age(slot.entry) <= this.#age(stored)) return;
    // A key stands for one kind of value, as the contract says, and `accept` checks.
    this.#hold(slot, stored as CacheEntry<T>);
  }

  async #keep<T>(key: string, slot: Slot<T>, entry: CacheEntry<T>): Promise<void> {
    this.#fail(slot, undefined);
    // Under a clock that tells no time nothing has an age.
    if (!Number.isFinite(entry.fetchedAt)) return;
    this.#hold(slot, entry);
    // A key that was deleted meanwhile stays deleted.
    if (!slot.deleted) await this.#store?.set(key, entry);
  }

  #hold<T>(slot: Slot<T>, entry: CacheEntry<T>): void {
    slot.entry = entry;
    slot.freshFor = this.#jitter === 0 ? this.#ttl : this.#ttl * (1 - this.#jitter * Math.random());
  }

  #fail(slot: Slot<unknown>, error: Error | undefined): void {
    if (error) slot.failure = { at: this.#now(), error };
    else delete slot.failure;
  }

  /** The slot of a key, marked as the last one used. */
  #slot<T>(key: string): Slot<T> {
    // A key stands for one kind of value, as the contract says.
    const slot = (this.#slots.get(key) ?? {}) as Slot<T>;
    this.#slots.delete(key);
    this.#slots.set(key, slot);
    for (const [oldest, { loading }] of this.#slots) {
      if (this.#slots.size <= this.#maxEntries) break;
      if (oldest !== key && !loading) this.#slots.delete(oldest);
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
