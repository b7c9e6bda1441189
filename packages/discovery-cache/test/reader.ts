// A process that reads all lists of a store so many times, as a new process would, and tells what it found:
// `reader.ts <directory> <rounds>`.
import { createDiscoveryCache } from "../src/discovery-cache.ts";
import { fileStore } from "../src/stores/file-store.ts";
import { isWhole, KEYS, type Written } from "./written.ts";

export interface Found {
  readonly rounds: number;
  /** How many lists there were. */
  readonly lists: number;
  /** How many of them were not whole. */
  readonly torn: number;
  readonly errors: readonly string[];
}

const [, , directory = "", given] = process.argv;
process.once("disconnect", () => process.exit());
const errors: string[] = [];
let [rounds, lists, torn] = [0, 0, 0];
for (; rounds < Number(given); rounds++) {
  const onStoreError = ({ message }: Error): unknown => errors.push(message);
  const cache = createDiscoveryCache({ store: fileStore({ directory }), onStoreError });
  for (const key of KEYS) {
    const known = await cache.peek<Written>(key);
    if (!known) continue;
    lists += 1;
    if (!isWhole(known.value)) torn += 1;
  }
  // Not faster than the writers write.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
}
process.send?.({ rounds, lists, torn, errors } satisfies Found);
process.disconnect();
