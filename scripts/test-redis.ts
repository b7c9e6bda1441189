// `pnpm test:redis`: the shared store of discovery-cache against a real server: valkey-server or redis-server, whichever is
// installed, on a free port of the loopback, without persistence, ended with the tests.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const server = ["valkey-server", "redis-server"].find((name) => !spawnSync(name, ["--version"]).error);
if (!server) {
  console.error("Neither valkey-server nor redis-server is installed. On Debian: apt-get install -y redis-server.");
  process.exit(2);
}
console.log(spawnSync(server, ["--version"], { encoding: "utf8" }).stdout.trim());

const directory = mkdtempSync(join(tmpdir(), "test-redis-"));
const port = await freePort();
const settings = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory];
const running = spawn(server, settings, { stdio: ["ignore", "pipe", "inherit"] });
try {
  for await (const line of running.stdout) if (`${line}`.includes("Ready to accept connections")) break;
  running.stdout.resume();
  const tests = spawn(
    "pnpm",
    ["vitest", "run", "packages/discovery-cache/test/redis.test.ts", ...process.argv.slice(2)],
    {
      stdio: "inherit",
      env: { ...process.env, CLAWROCK_REDIS_URL: `redis://127.0.0.1:${port}`, CLAWROCK_REDIS_SERVER: server },
    },
  );
  const [status] = await once(tests, "exit");
  process.exitCode = status ?? 1;
} finally {
  running.kill();
  await once(running, "exit");
  rmSync(directory, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}
