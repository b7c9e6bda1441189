import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import KeyvRedis from "@keyv/redis";
import Keyv from "keyv";
import { afterEach, describe, expect, it } from "vitest";
import { createDiscoveryCache } from "../src/discovery-cache.ts";
import { keyvStore } from "../src/stores/keyv-store.ts";
import type { DiscoveryCache } from "../src/types.ts";

// Run by `pnpm test:redis`, which starts the server.
const url = process.env["CLAWROCK_REDIS_URL"];
const server = process.env["CLAWROCK_REDIS_SERVER"] ?? "redis-server";

const opened: KeyvRedis<unknown>[] = [];
const said: string[] = [];
afterEach(async () => {
  // By force: a client that never had a server would wait for one.
  for (const redis of opened.splice(0)) await redis.disconnect(true).catch(() => {});
  said.length = 0;
});

/** A process of a fleet: a connection and a cache of its own. */
function member(address: string, namespace: string, options: { keepFor?: number } = {}): DiscoveryCache {
  const redis = new KeyvRedis<unknown>(address);
  opened.push(redis);
  const keyv = new Keyv(redis, { namespace });
  keyv.on("error", () => {});
  return createDiscoveryCache({
    store: keyvStore(keyv, options),
    storeTimeout: 1000,
    onStoreError: ({ message }) => said.push(message),
  });
}

describe.skipIf(!url)("a fleet that shares one server", () => {
  const address = url ?? "";
  const name = (): string => `t${crypto.randomUUID()}`;

  it("loads a list once", async () => {
    const fleet = name();
    const list = Array.from({ length: 300 }, (_, at) => ({ id: `vendor.model-${at}`, name: "Modell Größe ✓ 🦞" }));
    await member(address, fleet).get("k", async () => list);
    const others = Array.from({ length: 5 }, () => member(address, fleet));
    const answers = await Promise.all(others.map((each) => each.get("k", async () => [])));
    for (const { value, freshness } of answers) expect([value, freshness]).toEqual([list, "fresh"]);
    expect(said).toEqual([]);
  });

  it("keeps keys and namespaces apart, and forgets for all", async () => {
    const fleet = name();
    const [one, other] = [member(address, fleet), member(address, fleet)];
    await one.get("account 1", async () => "first");
    expect(await other.peek("account 2")).toBeUndefined();
    expect(await member(address, name()).peek("account 1")).toBeUndefined();
    await one.delete("account 1");
    expect(await other.peek("account 1")).toBeUndefined();
  });

  it("lets the server forget after keepFor", async () => {
    const fleet = name();
    await member(address, fleet, { keepFor: 60 }).get("k", async () => "list");
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(await member(address, fleet).peek("k")).toBeUndefined();
  });

  it("goes on when the server dies, and shares again when it is back", async () => {
    const port = await freePort();
    const start = async () => {
      const running = spawn(server, ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      for await (const line of running.stdout) if (`${line}`.includes("Ready to accept connections")) break;
      running.stdout.resume();
      return running;
    };
    const fleet = name();
    const there = `redis://127.0.0.1:${port}`;
    let running = await start();
    try {
      const cache = member(there, fleet);
      await cache.get("a", async () => 1);
      running.kill("SIGKILL");
      await once(running, "exit");
      const begun = Date.now();
      expect(await cache.get("b", async () => 2)).toMatchObject({ value: 2, freshness: "loaded" });
      expect(Date.now() - begun).toBeLessThan(5000);
      expect(said.length).toBeGreaterThan(0);
      running = await start();
      const shared = async () => {
        await cache.get("c", async () => 3, { refresh: true });
        return member(there, fleet).peek("c");
      };
      await expect.poll(shared, { timeout: 10_000 }).toMatchObject({ value: 3 });
    } finally {
      running.kill("SIGKILL");
    }
  });

  it("goes on when nobody listens, and when somebody listens who never answers", async () => {
    const silent: Socket[] = [];
    const hole = createServer((socket) => silent.push(socket)).listen(0, "127.0.0.1");
    await once(hole, "listening");
    const { port } = hole.address() as { port: number };
    for (const nowhere of [`redis://127.0.0.1:${await freePort()}`, `redis://127.0.0.1:${port}`]) {
      const begun = Date.now();
      expect(await member(nowhere, name()).get("k", async () => "list")).toMatchObject({ value: "list" });
      expect(Date.now() - begun).toBeLessThan(5000);
    }
    expect(said.length).toBeGreaterThan(0);
    for (const socket of silent) socket.destroy();
    hole.close();
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
