import { beforeEach, describe, expect, it } from "vitest";
import { createDiscoveryCache } from "./discovery-cache.ts";
import { memoryStore } from "./stores/memory-store.ts";
import type { CacheStore, DiscoveryCache, DiscoveryCacheOptions, Load } from "./types.ts";

const TTL = 1000;
const STALE = 5000;
const NEGATIVE = 100;

let now = 0;
let loads = 0;
let failing: Error | undefined;
const load: Load<string> = async () => {
  loads += 1;
  if (failing) throw failing;
  return `list ${loads}`;
};
const make = (options: DiscoveryCacheOptions = {}): DiscoveryCache =>
  createDiscoveryCache({ ttl: TTL, staleFor: STALE, negativeTtl: NEGATIVE, jitter: 0, clock: () => now, ...options });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  now = 1_000_000;
  loads = 0;
  failing = undefined;
});

describe("time", () => {
  it("loads once and serves it fresh until the ttl", async () => {
    const cache = make();
    expect(await cache.get("k", load)).toEqual({ value: "list 1", fetchedAt: now, freshness: "loaded" });
    now += TTL - 1;
    expect(await cache.get("k", load)).toEqual({ value: "list 1", fetchedAt: now - TTL + 1, freshness: "fresh" });
    expect(loads).toBe(1);
  });

  it("serves a stale value at once while one load renews it", async () => {
    const cache = make();
    await cache.get("k", load);
    now += TTL;
    const answers = await Promise.all([cache.get("k", load), cache.get("k", load)]);
    expect(answers.map(({ value, freshness }) => [value, freshness])).toEqual([
      ["list 1", "stale"],
      ["list 1", "stale"],
    ]);
    await settled();
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "fresh" });
  });

  it("waits for a load where the value is too old", async () => {
    const cache = make();
    await cache.get("k", load);
    now += TTL + STALE;
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "loaded" });
  });

  it("keeps nothing with a ttl of 0", async () => {
    const cache = make({ ttl: 0 });
    await cache.get("k", load);
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "loaded" });
    failing = new Error("down");
    await expect(cache.get("k", load)).rejects.toThrow("down");
    failing = undefined;
    expect(await cache.get("k", load)).toMatchObject({ value: "list 4" });
  });

  it("takes a value from the future for an old one, after the clock was set back", async () => {
    const cache = make();
    await cache.get("k", load);
    now -= 10 * TTL;
    expect((await cache.get("k", load)).freshness).toBe("stale");
  });

  it.each([-1, Number.NaN])("refuses %d as a duration", (ms) => {
    expect(() => make({ ttl: ms })).toThrow(/option ttl .* Give milliseconds/u);
    expect(() => make({ staleFor: ms })).toThrow("staleFor");
    expect(() => make({ negativeTtl: ms })).toThrow("negativeTtl");
  });
});

describe("failure", () => {
  it("is thrown where there is no value, and remembered briefly", async () => {
    const cache = make();
    failing = new Error("denied");
    await expect(cache.get("k", load)).rejects.toBe(failing);
    await expect(cache.get("k", load)).rejects.toBe(failing);
    expect(loads).toBe(1);
    now += NEGATIVE;
    failing = undefined;
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "loaded" });
  });

  it("keeps the last good value with its age and the reason, however old", async () => {
    const cache = make();
    const { fetchedAt } = await cache.get("k", load);
    failing = new Error("denied");
    now += 100 * STALE;
    const expected = { value: "list 1", fetchedAt, freshness: "last-good", error: failing };
    expect(await cache.get("k", load)).toEqual(expected);
    expect(await cache.get("k", load)).toEqual(expected);
    expect(loads).toBe(2);
  });

  it("of a renewal behind a stale value is told with the value", async () => {
    const cache = make();
    await cache.get("k", load);
    failing = new Error("denied");
    now += TTL;
    await cache.get("k", load);
    await settled();
    expect(await cache.get("k", load)).toMatchObject({ value: "list 1", freshness: "stale", error: failing });
    expect(loads).toBe(2);
  });

  it("of one key is none of another", async () => {
    const cache = make();
    failing = new Error("denied");
    await expect(cache.get("a", load)).rejects.toBe(failing);
    failing = undefined;
    expect(await cache.get("b", load)).toMatchObject({ freshness: "loaded" });
  });

  it("does not come from a value that is merely not worth keeping", async () => {
    const cache = make();
    const keep = (value: string): boolean => value !== "list 1";
    expect(await cache.get("k", load, { keep })).toMatchObject({ value: "list 1", freshness: "loaded" });
    expect(await cache.get("k", load, { keep })).toMatchObject({ value: "list 2", freshness: "loaded" });
    expect(await cache.get("k", load, { keep })).toMatchObject({ value: "list 2", freshness: "fresh" });
  });

  it("an empty list is a value", async () => {
    const cache = createDiscoveryCache({ clock: () => now });
    await cache.get<string[]>("k", async () => []);
    expect(await cache.get("k", async () => ["x"])).toMatchObject({ value: [], freshness: "fresh" });
  });
});

describe("waiting", () => {
  it("is shared: one load for a hundred callers", async () => {
    const cache = make();
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.get("k", load)));
    expect(loads).toBe(1);
    expect(new Set(answers.map(({ value }) => value))).toEqual(new Set(["list 1"]));
  });

  it("ends for a caller who aborts, and goes on for the others", async () => {
    const cache = make();
    const gate = Promise.withResolvers<string>();
    const impatient = new AbortController();
    let aborted = false;
    const slow: Load<string> = (signal) => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return gate.promise;
    };
    const first = cache.get("k", slow, { signal: impatient.signal });
    const second = cache.get("k", slow);
    impatient.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    gate.resolve("list");
    expect(await second).toMatchObject({ value: "list" });
    expect(aborted).toBe(false);
  });

  it("aborts the load when everybody has gone, and the next caller begins anew", async () => {
    const cache = make();
    const controllers = [new AbortController(), new AbortController()];
    let reason: unknown;
    const hung: Load<string> = (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          reason = signal.reason;
          setTimeout(() => reject(signal.reason), 5);
        });
      });
    const waits = controllers.map(({ signal }) => cache.get("k", hung, { signal }));
    await settled();
    for (const controller of controllers) controller.abort(new Error("enough"));
    for (const wait of waits) await expect(wait).rejects.toThrow("enough");
    expect(reason).toMatchObject({ message: "enough" });
    expect(await cache.get("k", load)).toMatchObject({ value: "list 1", freshness: "loaded" });
  });

  it("does not begin for a caller who has already aborted", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(make().get("k", load, { signal })).rejects.toThrow("too late");
    expect(loads).toBe(0);
  });
});

describe("store", () => {
  it("gives a new process what another one found", async () => {
    const store = memoryStore();
    await make({ store }).get("k", load);
    expect(await make({ store }).get("k", load)).toMatchObject({ value: "list 1", freshness: "fresh" });
    now += TTL;
    const late = make({ store });
    expect(await late.get("k", load)).toMatchObject({ value: "list 1", freshness: "stale" });
    await settled();
    expect(await late.get("k", load)).toMatchObject({ value: "list 2", freshness: "fresh" });
    expect(await store.get("k")).toEqual({ value: "list 2", fetchedAt: now });
  });

  it("saves a renewal that another process has done", async () => {
    const store = memoryStore();
    const [one, two] = [make({ store }), make({ store })];
    await one.get("k", load);
    await two.get("k", load);
    now += TTL;
    await one.get("k", load);
    await settled();
    await two.get("k", load);
    await settled();
    expect(await two.get("k", load)).toMatchObject({ value: "list 2", freshness: "fresh" });
    expect(loads).toBe(2);
  });

  it("that fails is reported, and discovery goes on", async () => {
    const errors: unknown[] = [];
    const broken: CacheStore = {
      get: async () => Promise.reject(new Error("cannot read")),
      set: async () => Promise.reject(new Error("cannot write")),
      delete: async () => Promise.reject(new Error("cannot delete")),
    };
    const cache = make({ store: broken, onStoreError: (error) => errors.push(error) });
    expect(await cache.get("k", load)).toMatchObject({ value: "list 1" });
    expect(await cache.get("k", load)).toMatchObject({ freshness: "fresh" });
    await cache.delete("k");
    expect(errors.map(String)).toEqual(["Error: cannot read", "Error: cannot write", "Error: cannot delete"]);
  });

  it("loses what is deleted", async () => {
    const store = memoryStore();
    const cache = make({ store });
    await cache.get("k", load);
    await cache.delete("k");
    expect(await store.get("k")).toBeUndefined();
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2" });
  });
});

it("keeps no more keys in memory than it may, the last used ones", async () => {
  const cache = make({ maxEntries: 2 });
  for (const key of ["a", "b", "a", "c"]) await cache.get(key, load);
  expect(loads).toBe(3);
  await cache.get("a", load);
  expect(loads).toBe(3);
  await cache.get("b", load);
  expect(loads).toBe(4);
});

describe("refresh", () => {
  it("loads anew what is fresh, also in the store, and also where a failure is remembered", async () => {
    const store = memoryStore();
    await make({ store }).get("k", load);
    const cache = make({ store });
    expect(await cache.get("k", load, { refresh: true })).toMatchObject({ value: "list 2", freshness: "loaded" });
    failing = new Error("down");
    const failed = await cache.get("k", load, { refresh: true });
    expect(failed).toMatchObject({ value: "list 2", freshness: "last-good", error: failing });
    failing = undefined;
    expect(await cache.get("k", load, { refresh: true })).toMatchObject({ value: "list 4", freshness: "loaded" });
  });

  it("is not content with the load that finds a fresh value in the store at the same time", async () => {
    const store = memoryStore();
    await make({ store }).get("k", load);
    const cache = make({ store });
    const answers = await Promise.all([cache.get("k", load), cache.get("k", load, { refresh: true })]);
    expect(answers.map(({ value }) => value)).toEqual(["list 1", "list 2"]);
  });
});

describe("peek", () => {
  it("tells what is known, from memory and store, however old, and loads nothing", async () => {
    const store = memoryStore();
    const cache = make({ store });
    expect(await cache.peek("k")).toBeUndefined();
    await cache.get("k", load);
    const other = make({ store });
    expect(await other.peek("k")).toMatchObject({ value: "list 1", freshness: "fresh" });
    now += TTL;
    expect(await other.peek("k")).toMatchObject({ freshness: "stale" });
    now += STALE;
    expect(await other.peek("k")).toMatchObject({ freshness: "last-good" });
    expect(await make({ store, ttl: 0 }).peek("k")).toBeUndefined();
    expect(loads).toBe(1);
  });
});

describe("jitter", () => {
  it("shortens the time for which a value is fresh by chance, within its part", async () => {
    const freshFor = async (jitter: number): Promise<number[]> =>
      Promise.all(
        Array.from({ length: 40 }, async () => {
          const cache = make({ jitter });
          const begun = now;
          await cache.get("k", load);
          let age = 0;
          for (; age < TTL; age += 10) {
            now = begun + age;
            const known = await cache.peek("k");
            now = begun;
            if (known?.freshness !== "fresh") break;
          }
          return age;
        }),
      );
    expect(new Set(await freshFor(0))).toEqual(new Set([TTL]));
    const ages = await freshFor(0.5);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(TTL / 2);
    expect(new Set(ages).size).toBeGreaterThan(5);
  });

  it.each([-0.1, 1.1, Number.NaN])("is not %d", (jitter) => {
    expect(() => make({ jitter })).toThrow(/option jitter .* from 0 to 1/u);
  });
});

describe("a value that is not good enough", () => {
  it("leaves the older one in force with the reason, and is not tried again at once", async () => {
    const cache = make();
    const keep = (value: string): boolean | Error => value === "list 1" || new Error("profiles are missing");
    await cache.get("k", load, { keep });
    now += TTL;
    await cache.get("k", load, { keep });
    await cache.idle();
    for (let call = 0; call < 3; call++) {
      const answer = await cache.get("k", load, { keep });
      expect(answer).toMatchObject({ value: "list 1", freshness: "stale", error: { message: "profiles are missing" } });
    }
    expect(loads).toBe(2);
    now += NEGATIVE;
    await cache.get("k", load);
    await cache.idle();
    expect(await cache.get("k", load)).toEqual({ value: "list 3", fetchedAt: now, freshness: "fresh" });
  });
});

describe("a stored value", () => {
  it("of another kind is loaded anew", async () => {
    const store = memoryStore();
    await store.set("k", { value: { rows: 7 }, fetchedAt: now });
    const accept = (stored: unknown): stored is string => typeof stored === "string";
    const cache = make({ store });
    expect(await cache.peek("k", { accept })).toBeUndefined();
    expect(await cache.get("k", load, { accept })).toMatchObject({ value: "list 1", freshness: "loaded" });
  });

  it("from the future gives way to a newer one, and never comes back", async () => {
    const store = memoryStore();
    now += 100 * TTL;
    await make({ store }).get("k", load);
    now -= 100 * TTL;
    const cache = make({ store: { ...store, set: async () => Promise.reject(new Error("full")) } });
    expect(await cache.get("k", load)).toMatchObject({ value: "list 1", freshness: "stale" });
    await cache.idle();
    expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "fresh" });
    now += TTL + STALE + 1;
    failing = new Error("down");
    expect(await cache.get("k", load)).toMatchObject({ error: failing });
  });
});

describe("a store that hangs", () => {
  it("holds a list up no longer than storeTimeout, and is said", async () => {
    const said: string[] = [];
    const hang = () => new Promise<never>(() => {});
    const store: CacheStore = { get: hang, set: hang, delete: hang };
    const cache = make({ store, storeTimeout: 20, onStoreError: ({ message }) => said.push(message) });
    expect(await cache.get("k", load)).toMatchObject({ value: "list 1" });
    await cache.delete("k");
    expect(said.map((line) => /did not (?<what>\w+) within 20 ms/u.exec(line)?.groups?.["what"])).toEqual([
      "read",
      "write",
      "delete",
    ]);
  });
});

describe("idle", () => {
  it("resolves when renewals have ended and are in the store, and at once where none runs", async () => {
    const store = memoryStore();
    const cache = make({ store });
    await cache.idle();
    await cache.get("k", load);
    now += TTL;
    const slow: Load<string> = () => new Promise((resolve) => setTimeout(resolve, 30, "slow"));
    await cache.get("k", slow);
    await cache.idle();
    expect(await store.get("k")).toEqual({ value: "slow", fetchedAt: now });
  });

  it("does not wait for a load that everybody has given up", async () => {
    const cache = make();
    const hung = cache.get("k", () => new Promise<string>(() => {}), { signal: AbortSignal.timeout(10) });
    await expect(hung).rejects.toThrow();
    await cache.idle();
  });
});

it.each([Number.NaN, Number.POSITIVE_INFINITY])("keeps nothing under a clock that says %d", async (time) => {
  const store = memoryStore();
  const cache = createDiscoveryCache({ store, clock: () => time });
  await cache.get("k", load);
  expect(await cache.get("k", load)).toMatchObject({ value: "list 2", freshness: "loaded" });
  expect(await store.get("k")).toBeUndefined();
});

it("never pushes a key out of memory while it is loaded: one load at a time, however many keys", async () => {
  const cache = make({ maxEntries: 1 });
  const gate = Promise.withResolvers<string>();
  let slow = 0;
  const waiting: Load<string> = () => {
    slow += 1;
    return gate.promise;
  };
  const first = cache.get("k", waiting);
  for (const key of ["a", "b", "c"]) await cache.get(key, load);
  const second = cache.get("k", waiting);
  gate.resolve("list");
  expect([(await first).value, (await second).value, slow]).toEqual(["list", "list", 1]);
});
