import fc from "fast-check";
import { expect, it } from "vitest";
import { createDiscoveryCache } from "./discovery-cache.ts";
import { memoryStore } from "./stores/memory-store.ts";

type Step =
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "break" }
  | { readonly do: "repair" }
  | { readonly do: "restart" }
  | { readonly do: "get"; readonly callers: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.integer({ min: 0, max: 400 }) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ do: "break" as const }, { do: "repair" as const }, { do: "restart" as const }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("get" as const), callers: fc.integer({ min: 1, max: 4 }) }) },
);

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("keeps its promises whatever happens: freshness is true, one load at a time, nothing good is lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 40 }),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 0, max: 200 }),
      fc.constantFrom(0, 0.1, 1),
      async (steps, ttl, staleFor, negativeTtl, jitter) => {
        let now = 0;
        let broken = false;
        let running = 0;
        let loads = 0;
        let lastFailure = Number.NEGATIVE_INFINITY;
        let good: number | undefined;
        const store = memoryStore();
        const open = () => createDiscoveryCache({ ttl, staleFor, negativeTtl, jitter, store, clock: () => now });
        let cache = open();
        const load = async (): Promise<number> => {
          running += 1;
          loads += 1;
          expect(running).toBe(1);
          expect(now - lastFailure >= negativeTtl).toBe(true);
          await settled();
          running -= 1;
          if (broken) {
            lastFailure = now;
            throw new Error("broken");
          }
          good = now;
          return now;
        };
        for (const each of steps) {
          if (each.do === "wait") now += each.ms;
          else if (each.do === "break") broken = true;
          else if (each.do === "repair") broken = false;
          else if (each.do === "restart") {
            cache = open();
            lastFailure = Number.NEGATIVE_INFINITY;
          } else {
            const before = { loads, good };
            const answers = await Promise.allSettled(
              Array.from({ length: each.callers }, () => cache.get("key", load)),
            );
            for (const answer of answers) {
              if (answer.status === "rejected") {
                // Only where there has never been a value.
                expect(before.good).toBeUndefined();
                continue;
              }
              const { value, fetchedAt, freshness, error } = answer.value;
              const age = now - fetchedAt;
              expect(value).toBe(fetchedAt);
              if (freshness === "loaded") expect([age, value]).toEqual([0, good]);
              else expect(value).toBe(before.good);
              if (freshness === "fresh") expect(age).toBeLessThan(ttl);
              if (freshness === "stale") expect(age >= ttl * (1 - jitter) && age < ttl + staleFor).toBe(true);
              if (freshness === "last-good") expect(age).toBeGreaterThanOrEqual(ttl + staleFor);
              if (freshness === "loaded" || freshness === "fresh") expect(error).toBeUndefined();
              if (freshness === "last-good") expect(error).toBeInstanceOf(Error);
            }
            await settled();
            await settled();
            await settled();
            expect(running).toBe(0);
            expect(loads - before.loads).toBeLessThanOrEqual(1);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
