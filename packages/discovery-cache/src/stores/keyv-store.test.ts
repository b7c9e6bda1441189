import Keyv from "keyv";
import { expect, it } from "vitest";
import { createDiscoveryCache } from "../discovery-cache.ts";
import { type KeyvLike, keyvStore } from "./keyv-store.ts";

it("keeps lists in a Keyv instance, for every cache that has it", async () => {
  const keyv = new Keyv({ namespace: "lists" });
  const open = () => createDiscoveryCache({ store: keyvStore(keyv) });
  await open().get("k", async () => ["a", "b"]);
  const answer = await open().get("k", async () => ["other"]);
  expect(answer).toMatchObject({ value: ["a", "b"], freshness: "fresh" });
  const cache = open();
  await cache.delete("k");
  expect(await cache.peek("k")).toBeUndefined();
});

it("lets Keyv forget what was written longer ago than keepFor", async () => {
  const store = keyvStore(new Keyv(), { keepFor: 20 });
  await store.set("k", { value: 1, fetchedAt: 1 });
  expect(await store.get("k")).toEqual({ value: 1, fetchedAt: 1 });
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(await store.get("k")).toBeUndefined();
});

it("writes no limit where there is none", async () => {
  const set: unknown[][] = [];
  const keyv: KeyvLike = { get: async () => null, set: async (...given) => set.push(given), delete: async () => true };
  await keyvStore(keyv, { keepFor: Number.POSITIVE_INFINITY }).set("k", { value: 1, fetchedAt: 2 });
  expect(set).toEqual([["v1:k", { value: 1, fetchedAt: 2 }, undefined]]);
});

it.each([["text"], [[1]], [{ value: 1 }], [{ value: 1, fetchedAt: "x" }]])(
  "holding %j from somebody else holds nothing, and it is said",
  async (foreign) => {
    const keyv = new Keyv();
    await keyv.set("v1:k", foreign);
    const said: string[] = [];
    const cache = createDiscoveryCache({ store: keyvStore(keyv), onStoreError: ({ message }) => said.push(message) });
    expect(await cache.get("k", async () => "mine")).toMatchObject({ value: "mine", freshness: "loaded" });
    expect(said[0]).toContain('The store returned no entry for "k"');
  },
);

it("that takes nothing is said", async () => {
  const keyv: KeyvLike = { get: async () => undefined, set: async () => false, delete: async () => false };
  const said: string[] = [];
  const cache = createDiscoveryCache({ store: keyvStore(keyv), onStoreError: ({ message }) => said.push(message) });
  expect(await cache.get("k", async () => "mine")).toMatchObject({ value: "mine" });
  expect(said).toEqual(["The Keyv store did not take a list: listen to its error event."]);
});

it("refuses a keepFor that is no duration", () => {
  expect(() => keyvStore(new Keyv(), { keepFor: -1 })).toThrow("The option keepFor is -1");
});
