import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Told } from "../../test/plain-user.ts";
import { createDiscoveryCache } from "../discovery-cache.ts";
import type { CacheStore } from "../types.ts";
import { fileStore } from "./file-store.ts";
import { nameOf } from "./name-of.ts";

const ENTRY = { value: ["a model"], fetchedAt: 1_700_000_000_000 };

let folder: string;
let directory: string;
let store: CacheStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "file-store-"));
  directory = join(folder, "deep", "cache");
  store = fileStore({ directory });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (): string[] => readdirSync(directory);
async function onlyFile(): Promise<string> {
  await store.set("k", ENTRY);
  expect(files()).toHaveLength(1);
  return join(directory, files()[0] ?? "");
}

describe("what is written", () => {
  it("is read by another store of the same directory, and is for this user alone", async () => {
    const path = await onlyFile();
    expect(await fileStore({ directory }).get("k")).toEqual(ENTRY);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it("comes back as it was, whatever key and value", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), fc.jsonValue(), fc.integer(), async (key, value, fetchedAt) => {
        await store.set(key, { value, fetchedAt });
        const written = JSON.parse(JSON.stringify({ value, fetchedAt }));
        expect(await store.get(key)).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it("is gone when deleted; what was never written is nothing, with no directory made for it", async () => {
    expect(await store.get("k")).toBeUndefined();
    await store.delete("k");
    expect(existsSync(directory)).toBe(false);
    await onlyFile();
    await store.delete("k");
    expect(await store.get("k")).toBeUndefined();
    expect(files()).toEqual([]);
  });

  it("holds no more than maxBytes; the oldest go first, strangers and the newest stay", async () => {
    const small = fileStore({ directory, maxBytes: 3000 });
    const value = "x".repeat(1000);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "notes.txt"), "y".repeat(5000));
    for (const [at, key] of ["a", "b", "c"].entries()) {
      await small.set(key, { value, fetchedAt: at });
      const newest = files().find((name) => readFileSync(join(directory, name), "utf8").includes(`"key":"${key}"`));
      utimesSync(join(directory, newest ?? ""), at + 1, at + 1);
    }
    // They are the files of 1970 and stay: a clock that was set back makes no file the victim of its own sweep.
    expect(await small.get("a")).toBeUndefined();
    expect(await small.get("b")).toMatchObject({ value });
    expect(await small.get("c")).toMatchObject({ value });
    expect(files()).toContain("notes.txt");
    await expect(small.set("big", { value: "z".repeat(4000), fetchedAt: 1 })).rejects.toThrow(
      "it may hold 3000 (maxBytes)",
    );
    expect(await small.get("c")).toMatchObject({ value });
  });

  it("has what crashed writers left removed once nobody can be writing it", async () => {
    const path = await onlyFile();
    const old = `${path}.${crypto.randomUUID()}.tmp`;
    const young = `${path}.${crypto.randomUUID()}.tmp`;
    for (const name of [old, young]) writeFileSync(name, "half");
    utimesSync(old, 1, 1);
    await store.set("k", ENTRY);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  });
});

describe("a file that is not ours to trust", () => {
  it.each([
    ["empty", ""],
    ["cut off", '{"version":1,"key":"k","fetchedAt":1,"val'],
    ["zeros, as a file system leaves after a power cut", "\0".repeat(200)],
    ["of another form", "[1,2,3]"],
    ["null", "null"],
    ["of another version", '{"version":2,"key":"k","fetchedAt":1,"value":1}'],
    ["of another key", '{"version":1,"key":"other","fetchedAt":1,"value":1}'],
    ["without a value", '{"version":1,"key":"k","fetchedAt":1}'],
    ["of no time", '{"version":1,"key":"k","fetchedAt":"yesterday","value":1}'],
    ["binary", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ])("because it is %s is set aside, said, and counts as none", async (_, content) => {
    const path = await onlyFile();
    writeFileSync(path, content);
    await expect(store.get("k")).rejects.toThrow(/^The cache file .* is corrupt\. It was set aside as .*\.corrupt/u);
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(`${path}.corrupt`)).toEqual(Buffer.from(content as string));
    expect(await store.get("k")).toBeUndefined();
    await store.set("k", ENTRY);
    expect(await store.get("k")).toEqual(ENTRY);
  });

  it("because it is cut off at any byte is never taken for a list", async () => {
    const path = await onlyFile();
    const { size } = statSync(path);
    for (let bytes = 0; bytes < size; bytes++) {
      await store.set("k", ENTRY);
      truncateSync(path, bytes);
      await expect(store.get("k")).rejects.toThrow("is corrupt");
    }
  });

  it("because it is a link is not followed, and replaced without touching what it leads to", async () => {
    const path = await onlyFile();
    const elsewhere = join(folder, "elsewhere.json");
    writeFileSync(elsewhere, readFileSync(path));
    rmSync(path);
    symlinkSync(elsewhere, path);
    await expect(store.get("k")).rejects.toThrow("is not read: it is a symbolic link");
    const before = readFileSync(elsewhere, "utf8");
    await store.set("k", { value: "new", fetchedAt: 2 });
    expect(readFileSync(elsewhere, "utf8")).toBe(before);
    expect(await store.get("k")).toMatchObject({ value: "new" });
  });

  it("because it is a pipe holds nobody up", async () => {
    const path = await onlyFile();
    rmSync(path);
    execFileSync("mkfifo", [path]);
    await expect(store.get("k")).rejects.toThrow("is not read: it is no regular file");
  });

  it("because it is a directory is said, also when it cannot be replaced", async () => {
    const path = await onlyFile();
    rmSync(path);
    mkdirSync(path);
    await expect(store.get("k")).rejects.toThrow("is not read");
    await expect(store.set("k", ENTRY)).rejects.toThrow(/cannot be written \(E/u);
    expect(files().filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("because it is too large is not read", async () => {
    const path = await onlyFile();
    truncateSync(path, 40 * 1024 * 1024);
    await expect(store.get("k")).rejects.toThrow("more than maxBytes");
  });

  it.skipIf(process.getuid?.() !== 0)("because it belongs to another user is not read", async () => {
    const path = await onlyFile();
    execFileSync("chown", ["65534", path]);
    await expect(store.get("k")).rejects.toThrow("it belongs to another user");
    await store.set("k", ENTRY);
    expect(await store.get("k")).toEqual(ENTRY);
  });
});

describe("a place that takes nothing", () => {
  /** What a cache does with such a store: it is told why, and goes on in memory. */
  async function goesOn(where: string): Promise<string> {
    const said: string[] = [];
    const cache = createDiscoveryCache({
      store: fileStore({ directory: where }),
      onStoreError: ({ message }) => said.push(message),
    });
    expect(await cache.get("k", async () => "x".repeat(200_000))).toMatchObject({ freshness: "loaded" });
    expect(await cache.get("k", async () => "other")).toMatchObject({ freshness: "fresh" });
    expect(said.join("\n")).not.toMatch(/\n.*\n/u);
    return said.at(-1) ?? "";
  }

  const root = process.getuid?.() === 0;
  function mounted(options: string): string | undefined {
    const place = join(folder, "mounted");
    mkdirSync(place);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", place], { stdio: "pipe" });
      return place;
    } catch {
      return undefined;
    }
  }
  const unmount = (place: string): unknown => execFileSync("umount", [place]);

  it.skipIf(!root)("because the disk is full is said", async ({ skip }) => {
    const place = mounted("size=64k");
    if (!place) return skip("no file system can be mounted here");
    try {
      expect(await goesOn(join(place, "cache"))).toMatch(/cannot be written \(ENOSPC\).*free space/u);
      // Nothing half written stays on a disk that has no room.
      expect(readdirSync(join(place, "cache"))).toEqual([]);
    } finally {
      unmount(place);
    }
  });

  it.skipIf(!root)("because it is read-only is said", async ({ skip }) => {
    const place = mounted("ro");
    if (!place) return skip("no file system can be mounted here");
    try {
      expect(await goesOn(join(place, "home", "user", "cache"))).toMatch(/cannot be written \(EROFS\)/u);
    } finally {
      unmount(place);
    }
  });

  it.each([
    ["the store's own directory", (): string => directory],
    ["the home it would be made in", (): string => join(folder, "home")],
  ])("because %s may not be written is said, to a user who is not root", async (_, locked) => {
    mkdirSync(locked(), { recursive: true });
    // Others may pass through, and nobody may write.
    for (const place of [folder, join(folder, "deep")]) if (existsSync(place)) chmodSync(place, 0o755);
    chmodSync(locked(), 0o555);
    const where = locked() === directory ? directory : join(locked(), ".cache", "models");
    const child = fork(join(import.meta.dirname, "..", "..", "test", "plain-user.ts"), [where], { execArgv: [] });
    const [told]: Told[] = await once(child, "message");
    expect(told?.uid).not.toBe(0);
    expect(told?.freshness).toEqual(["loaded", "fresh"]);
    expect(told?.said).toEqual([
      expect.stringMatching(/^The cache file .* cannot be written \(EACCES\)\. .*make the directory writable\.$/u),
    ]);
    chmodSync(locked(), 0o755);
  });

  it("because a file is in its place is said", async () => {
    writeFileSync(join(folder, "deep"), "not a directory");
    expect(await goesOn(directory)).toMatch(/cannot be written \(E(?:NOTDIR|EXIST)\)/u);
  });
});

it.each(["", "  "])("refuses %j as a directory", (where) => {
  expect(() => fileStore({ directory: where })).toThrow("The option directory is empty");
});
it("refuses a size below a byte", () => {
  expect(() => fileStore({ directory, maxBytes: 0 })).toThrow("The option maxBytes is 0");
});

it("gives keys that differ anywhere names that differ", () => {
  const keys = Array.from({ length: 20_000 }, (_, at) => `["models",${at % 7},"${at}"]`);
  expect(new Set(keys.map(nameOf)).size).toBe(keys.length);
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(nameOf(one)).toMatch(/^[\da-f]{32}$/u);
      expect(nameOf(one) === nameOf(other)).toBe(one === other);
    }),
  );
});
