import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fileStore } from "../src/stores/file-store.ts";
import type { Found } from "./reader.ts";
import { isWhole, KEYS, type Written } from "./written.ts";

// CLAWROCK_CRASH_ROUNDS=1000 pnpm vitest run packages/discovery-cache/test/crash.test.ts
const ROUNDS = Number(process.env["CLAWROCK_CRASH_ROUNDS"] ?? 20);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "crash-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function child(does: "writer" | "reader", argument: string): ChildProcess {
  return fork(join(import.meta.dirname, `${does}.ts`), [directory, argument], { execArgv: [] });
}

/** What a reader found in the end. */
async function told(reader: ChildProcess): Promise<Found> {
  const [found] = await Promise.race([once(reader, "message"), once(reader, "exit")]);
  if (typeof found !== "object") throw new Error(`A reader ended with ${String(found)}`);
  return found as Found;
}

it(
  `leaves whole lists when one of two processes that write the same files is killed at any point, ${ROUNDS} times`,
  async () => {
    let written = 0;
    const begin = async (name: string): Promise<ChildProcess> => {
      const begun = child("writer", name);
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
        if (found) expect(isWhole(found)).toBe(true);
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

it(
  `gives whole lists to readers in several processes while two write and the size is bound, ${ROUNDS} rounds`,
  async () => {
    const writers = [child("writer", "left"), child("writer", "right")];
    await Promise.all(writers.map((each) => once(each, "message")));
    const readers = [child("reader", `${ROUNDS}`), child("reader", `${ROUNDS}`)];
    const found = readers.map(told);
    let ended = false;
    const reading = Promise.all(found).finally(() => {
      ended = true;
    });
    // A third writer, with less room than the lists of the other two need: its sweeps take their files away.
    let swept = 0;
    while (!ended) {
      await fileStore({ directory, maxBytes: 300_000 }).set("bound", { value: "x", fetchedAt: 1 });
      swept += 1;
    }
    const seen = await reading;
    console.log(`${ROUNDS} rounds: ${seen.map(({ lists }) => lists).join(" and ")} lists read, ${swept} sweeps`);
    for (const { rounds, lists, torn, errors } of seen) {
      expect({ rounds, torn, errors }).toEqual({ rounds: ROUNDS, torn: 0, errors: [] });
      // Otherwise nothing was seen.
      expect(lists).toBeGreaterThan(ROUNDS / 2);
    }
    // Nobody's write failed.
    expect(writers.map(({ exitCode }) => exitCode)).toEqual([null, null]);
    for (const each of writers) each.kill("SIGKILL");
    expect(readdirSync(directory).filter((name) => name.endsWith(".corrupt"))).toEqual([]);
    expect(swept).toBeGreaterThan(1);
  },
  60_000 + ROUNDS * 1_000,
);
