// A process of a user who may not do everything: it lists through a store and tells how that went. `plain-user.ts <directory>`.
import { createDiscoveryCache } from "../src/discovery-cache.ts";
import { fileStore } from "../src/stores/file-store.ts";

export interface Told {
  readonly uid: number | undefined;
  readonly freshness: readonly string[];
  readonly said: readonly string[];
}

/** Of the user `nobody`, everywhere. */
const NOBODY = 65_534;

if (process.getuid?.() === 0) {
  process.setgroups?.([NOBODY]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const [, , directory = ""] = process.argv;
const said: string[] = [];
const cache = createDiscoveryCache({
  store: fileStore({ directory }),
  onStoreError: ({ message }) => said.push(message),
});
const first = await cache.get("k", async () => "a list");
const second = await cache.get("k", async () => "another");
process.send?.({ uid: process.getuid?.(), freshness: [first.freshness, second.freshness], said } satisfies Told);
process.disconnect();
