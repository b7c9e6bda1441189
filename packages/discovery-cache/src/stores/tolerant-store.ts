import { asError } from "../as-error.ts";
import type { CacheEntry, CacheStore } from "../types.ts";

/**
 * The store behind a cache as one that never fails and never holds anybody up: what goes wrong or takes longer than
 * `timeoutMs` is reported, and counts as nothing stored.
 */
export function tolerantStore(store: CacheStore, timeoutMs: number, report: (error: Error) => void): CacheStore {
  async function attempt<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      if (timeoutMs > MAX_TIMER_MS) return;
      const problem = `The store did not ${what} within ${timeoutMs} ms. It counts as empty; check that it can be reached.`;
      timer = setTimeout(() => reject(new Error(problem)), timeoutMs);
    });
    try {
      return await Promise.race([run(), late]);
    } catch (thrown) {
      report(asError(thrown));
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get: (key) =>
      attempt("read", async () => {
        const stored: unknown = await store.get(key);
        if (stored === undefined || stored === null || isEntry(stored)) return stored ?? undefined;
        throw new TypeError(`The store returned no entry for "${key}". Give { value, fetchedAt } or undefined.`);
      }),
    set: (key, entry) => attempt("write", async () => store.set(key, entry)),
    delete: (key) => attempt("delete", async () => store.delete(key)),
  };
}

/** Node's timers hold no more than 31 bits. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function isEntry(value: unknown): value is CacheEntry<unknown> {
  return typeof value === "object" && value !== null && "value" in value && Number.isFinite(fetchedAtOf(value));
}

function fetchedAtOf(value: object): unknown {
  return "fetchedAt" in value ? value.fetchedAt : undefined;
}
