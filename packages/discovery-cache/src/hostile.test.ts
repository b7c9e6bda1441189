import { describe, expect, it } from "vitest";
import { createDiscoveryCache } from "./discovery-cache.ts";
import { memoryStore } from "./stores/memory-store.ts";
import type { CacheStore } from "./types.ts";

const HOUR = 3_600_000;

describe("a store", () => {
  it("that throws instead of rejecting is reported, and what was loaded is given", async () => {
    const fail = (what: string) => () => {
      throw new Error(what);
    };
    const store: CacheStore = { get: fail("get"), set: fail("set"), delete: fail("delete") };
    const errors: unknown[] = [];
    const cache = createDiscoveryCache({ store, onStoreError: (error) => errors.push(error) });
    expect(await cache.get("k", async () => 1)).toMatchObject({ value: 1, freshness: "loaded" });
    expect(await cache.get("k", async () => 2)).toMatchObject({ value: 1, freshness: "fresh" });
    await cache.delete("k");
    expect(errors.map(String)).toEqual(["Error: get", "Error: set", "Error: delete"]);
  });

  it.each([
    ["text"],
    [7],
    [true],
    [[]],
    [{}],
    [{ value: 1 }],
    [{ fetchedAt: 1 }],
    [{ value: 1, fetchedAt: "yesterday" }],
    [{ value: 1, fetchedAt: Number.NaN }],
  ])("that returns %j returns nothing, and is reported", async (garbage) => {
    const errors: unknown[] = [];
    const store: CacheStore = { ...memoryStore(), get: async () => garbage as never };
    const cache = createDiscoveryCache({ store, onStoreError: (error) => errors.push(error) });
    expect(await cache.get("k", async () => "loaded")).toMatchObject({ value: "loaded", freshness: "loaded" });
    expect(String(errors[0])).toContain('The store returned no entry for "k"');
  });

  it("that returns null, as JSON does for nothing, returns nothing", async () => {
    const errors: unknown[] = [];
    const store: CacheStore = { ...memoryStore(), get: async () => null as never };
    const cache = createDiscoveryCache({ store, onStoreError: (error) => errors.push(error) });
    expect(await cache.get("k", async () => 1)).toMatchObject({ freshness: "loaded" });
    expect(errors).toEqual([]);
  });

  it("gets what was loaded although other keys have pushed the key out of memory", async () => {
    const store = memoryStore();
    const cache = createDiscoveryCache({ store, maxEntries: 2 });
    const slow = Promise.withResolvers<string>();
    const first = cache.get("first", () => slow.promise);
    for (const key of ["a", "b", "c"]) await cache.get(key, async () => key);
    slow.resolve("late");
    await first;
    expect(await store.get("first")).toMatchObject({ value: "late" });
  });

  it("does not get what was deleted while it was loaded", async () => {
    const store = memoryStore();
    const cache = createDiscoveryCache({ store });
    const slow = Promise.withResolvers<string>();
    const first = cache.get("k", () => slow.promise);
    await cache.delete("k");
    slow.resolve("late");
    await first;
    expect(await store.get("k")).toBeUndefined();
  });
});

describe("a load", () => {
  it.each([
    [undefined, "undefined"],
    [null, "null"],
    ["words", "words"],
    [Symbol("s"), "Symbol(s)"],
    [Object.create(null), "something that is not an error"],
  ])("that rejects with %s rejects with an error, remembered", async (thrown, said) => {
    let loads = 0;
    const cache = createDiscoveryCache();
    const load = () => {
      loads += 1;
      return Promise.reject(thrown);
    };
    await expect(cache.get("k", load)).rejects.toThrow(said);
    await expect(cache.get("k", load)).rejects.toThrow(said);
    expect(loads).toBe(1);
  });

  it("is one for a thousand callers, and goes on when all but one have aborted", async () => {
    let loads = 0;
    let aborted = false;
    const slow = Promise.withResolvers<string>();
    const cache = createDiscoveryCache();
    const load = (signal: AbortSignal) => {
      loads += 1;
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return slow.promise;
    };
    const controller = new AbortController();
    const reason = new Error("not waiting");
    const leaving = Array.from({ length: 999 }, () =>
      cache.get("k", load, { signal: controller.signal }).catch((error: unknown) => error),
    );
    const staying = cache.get("k", load, { signal: new AbortController().signal });
    controller.abort(reason);
    expect(new Set(await Promise.all(leaving))).toEqual(new Set([reason]));
    slow.resolve("list");
    expect(await staying).toMatchObject({ value: "list" });
    expect([loads, aborted]).toEqual([1, false]);
  });

  it("that never settles holds nobody who aborts, and not the next caller", async () => {
    const cache = createDiscoveryCache();
    const signal = AbortSignal.timeout(20);
    await expect(cache.get("k", () => new Promise(() => {}), { signal })).rejects.toThrow("timeout");
    expect(await cache.get("k", async () => "next")).toMatchObject({ value: "next" });
  });

  it("is repeated for ever with a ttl of 0, and never with one of Infinity", async () => {
    let loads = 0;
    const load = async () => ++loads;
    const off = createDiscoveryCache({ ttl: 0 });
    await Promise.all([off.get("k", load), off.get("k", load)]);
    expect(loads).toBe(2);
    let now = 0;
    const eternal = createDiscoveryCache({ ttl: Number.POSITIVE_INFINITY, clock: () => now });
    await eternal.get("k", load);
    now = Number.MAX_SAFE_INTEGER;
    expect(await eternal.get("k", load)).toMatchObject({ value: 3, freshness: "fresh" });
  });
});

describe("a clock", () => {
  it.each([Number.NaN, -HOUR, 0])("that says %d serves the old list and renews it", async (time) => {
    let now = HOUR;
    let loads = 0;
    const cache = createDiscoveryCache({ clock: () => now });
    await cache.get("k", async () => ++loads);
    now = time;
    expect(await cache.get("k", async () => ++loads)).toMatchObject({ value: 1, freshness: "stale" });
    await new Promise((resolve) => setTimeout(resolve));
    expect(loads).toBe(2);
  });
});

it.each([0, -1, 1.5, Number.NaN])("refuses to keep %d entries", (maxEntries) => {
  expect(() => createDiscoveryCache({ maxEntries })).toThrow("The option maxEntries is");
});
