import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDiscoveryCache } from "../src/discovery-cache.ts";
import { fileStore } from "../src/stores/file-store.ts";
import { KEYS, sha256, type Written } from "./writer.ts";

// CLAWROCK_CRASH_ROUNDS=1000 pnpm vitest run packages/discovery-cache/test/crash.test.ts
const ROUNDS = Number(process.env["CLAWROCK_CRASH_ROUNDS"] ?? 20);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "crash-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function writer(name: string): ChildProcess {
  return fork(join(import.meta.dirname, "writer.ts"), [directory, name], { execArgv: [] });
}

function whole({ text, sha256: expected }: Written): boolean {
  return sha256(text) === expected;
}

it(
  `leaves whole lists when one of two processes that write the same files is killed at any point, ${ROUNDS} times`,
  async () => {
    let written = 0;
    const begin = async (name: string): Promise<ChildProcess> => {
      const begun = writer(name);
      await once(begun, "message");
      return begun.on("message", () => written++);
    };
    const writers = [await begin("left"), await begin("right")];
    let interrupted = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
      const at = round % 2;
      const victim = writers[at];
      const ended = once(victim ?? process, "exit");
      victim?.kill("SIGKILL");
      await ended;
      const store = fileStore({ directory });
      for (const key of KEYS) {
        // It throws for a file that is not whole. The other process goes on writing meanwhile.
        const found = (await store.get(key))?.value as Written | undefined;
        if (found) expect(whole(found)).toBe(true);
      }
      const names = readdirSync(directory);
      expect(names.filter((name) => name.endsWith(".corrupt"))).toEqual([]);
      interrupted = Math.max(interrupted, names.filter((name) => name.endsWith(".tmp")).length);
      writers[at] = await begin(at === 0 ? "left" : "right");
    }
    for (const each of writers) each.kill("SIGKILL");
    console.log(`${ROUNDS} rounds: ${written} lists written, up to ${interrupted} cut off lying about`);
    // Otherwise nothing was seen.
    expect(written).toBeGreaterThan(ROUNDS);
    expect(interrupted).toBeGreaterThan(1);
  },
  60_000 + ROUNDS * 5_000,
);

it("gives whole lists to readers while two processes write and the size is bound", async () => {
  const writers = [writer("left"), writer("right")];
  await Promise.all(writers.map((each) => once(each, "message")));
  const errors: Error[] = [];
  let seen = 0;
  for (const until = Date.now() + 1500; Date.now() < until; ) {
    const cache = createDiscoveryCache({
      store: fileStore({ directory }),
      onStoreError: (error) => errors.push(error),
    });
    for (const key of KEYS) {
      const known = await cache.peek<Written>(key);
      if (!known) continue;
      seen += 1;
      expect(whole(known.value)).toBe(true);
    }
    await fileStore({ directory, maxBytes: 300_000 }).set("bound", { value: "x", fetchedAt: 1 });
  }
  // Nobody's write failed.
  expect(writers.map(({ exitCode }) => exitCode)).toEqual([null, null]);
  for (const each of writers) each.kill("SIGKILL");
  expect(seen).toBeGreaterThan(20);
  expect(errors).toEqual([]);
});
