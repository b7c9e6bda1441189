import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDiscoveryCache, type DiscoveryCacheOptions, fileStore } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { createModelDiscovery, type ModelDiscovery } from "./create-model-discovery.ts";

const HOUR_MS = 3_600_000;
const DENIED = { status: 403, type: "AccessDeniedException", message: "not authorized" };

let server: ListsServer;
let directory: string;
let now: number;
let said: string[];
beforeEach(async () => {
  server = await listsServer();
  server.models = {
    rows: [
      model("anthropic.claude-opus-4-7"),
      model("amazon.titan-embed-text-v2:0", { outputModalities: ["EMBEDDING"] }),
    ],
  };
  server.profiles = { rows: [profile("us.anthropic.claude-opus-4-7", ["anthropic.claude-opus-4-7"])] };
  directory = mkdtempSync(join(tmpdir(), "cached-lists-"));
  now = Date.now();
  said = [];
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

/** As in a process that begins now. */
function begin(options: DiscoveryCacheOptions = {}): { discover: ModelDiscovery; idle: () => Promise<void> } {
  const cache = createDiscoveryCache({
    ...{
      jitter: 0,
      clock: () => now,
      store: fileStore({ directory }),
      onStoreError: ({ message }) => said.push(message),
    },
    ...options,
  });
  return { discover: createModelDiscovery({ aws: server.aws, cache }), idle: () => cache.idle() };
}

describe("a new process", () => {
  it("has the list of the one before, row for row, with nothing asked", async () => {
    const loaded = await begin().discover();
    const asked = server.asked.length;
    const again = await begin().discover();
    expect(again).toEqual({ ...loaded, freshness: "fresh" });
    expect(server.asked).toHaveLength(asked);
  });

  it("has an old list at once, and the new one as soon as it is there", async () => {
    await begin().discover();
    now += 100 * 24 * HOUR_MS;
    server.models = { rows: [model("vendor.newer")] };
    server.delayMs = 200;
    const { discover, idle } = begin({ staleFor: Number.POSITIVE_INFINITY });
    const begun = performance.now();
    expect((await discover()).freshness).toBe("stale");
    expect(performance.now() - begun).toBeLessThan(200);
    await idle();
    const { value, freshness } = await discover();
    expect([freshness, value.models.some(({ id }) => id === "vendor.newer")]).toEqual(["fresh", true]);
  });

  it("has the last good list with its age and the reason where both lists are denied", async () => {
    const { fetchedAt } = await begin().discover();
    now += 30 * 24 * HOUR_MS;
    server.models = server.profiles = DENIED;
    const answer = await begin().discover();
    expect(answer).toMatchObject({
      freshness: "last-good",
      fetchedAt,
      error: { name: "BedrockError", kind: "access-denied" },
    });
    expect(answer.value.models).toHaveLength(2);
    expect(answer.error?.message).toContain("bedrock:ListFoundationModels and bedrock:ListInferenceProfiles");
  });

  it("keeps the whole list in force while only a part can be had, and says why", async () => {
    await begin().discover();
    now += 2 * HOUR_MS;
    server.profiles = DENIED;
    const { discover, idle } = begin();
    await discover();
    await idle();
    const answer = await discover();
    expect(answer).toMatchObject({ freshness: "stale", error: { kind: "access-denied" } });
    expect(answer.value.models).toHaveLength(2);
  });

  it("asks anew, and says it, where the file is spoilt or a stranger's", async () => {
    await begin().discover();
    const [name = ""] = readdirSync(directory);
    const text = readFileSync(join(directory, name), "utf8");
    const strangers = [
      ...[text.slice(0, text.length / 2), "{}"],
      ...[text.replace(/"models":\[/u, '"models":[{"id":"evil"},'), text.replace(/"form":\d+/u, '"form":1')],
      // As an earlier version wrote it.
      text.replace(/"value":.*$/u, '"value":{"models":[],"hidden":[],"warnings":[]}}'),
    ];
    for (const spoilt of strangers) {
      writeFileSync(join(directory, name), spoilt);
      const { value, freshness } = await begin().discover();
      expect([freshness, value.models.length]).toEqual(["loaded", 2]);
    }
    expect(said.filter((line) => line.includes("is corrupt"))).toHaveLength(2);
  });
});

describe("callers at the same time", () => {
  it("share one request; who aborts leaves it to the others", async () => {
    server.delayMs = 300;
    const { discover } = begin();
    const impatient = new AbortController();
    const leaving = discover({ signal: impatient.signal });
    leaving.catch(() => {});
    const staying = Promise.all([discover(), discover({ signal: new AbortController().signal })]);
    await expect.poll(() => server.waiting(), { timeout: 10_000 }).toBe(3);
    const reason = new Error("enough");
    impatient.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    expect((await staying).map(({ value }) => value.models.length)).toEqual([2, 2]);
    expect(server.asked).toHaveLength(3);
  });

  it("are not held by a refresh that hangs", async () => {
    const { discover } = begin();
    await discover();
    server.models = server.profiles = "hang";
    const refreshing = discover({ refresh: true, signal: AbortSignal.timeout(1000) });
    refreshing.catch(() => {});
    expect((await discover()).freshness).toBe("fresh");
    await expect(refreshing).rejects.toThrow();
    await expect.poll(() => server.waiting(), { timeout: 5000 }).toBe(0);
  });
});
