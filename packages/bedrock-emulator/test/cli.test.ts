import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
let child: ChildProcess | undefined;
afterEach(() => child?.kill());

function run(...args: string[]): {
  output: () => string;
  until: (pattern: RegExp) => Promise<void>;
  exit: Promise<number | null>;
} {
  const running = spawn(process.execPath, ["--conditions=@clawrock/source", cli, ...args], { stdio: "pipe" });
  child = running;
  let text = "";
  running.stdout.on("data", (chunk) => {
    text += chunk;
  });
  running.stderr.on("data", (chunk) => {
    text += chunk;
  });
  return {
    output: () => text,
    exit: new Promise((resolve) => running.on("close", resolve)),
    until: async (pattern) => {
      const giveUp = Date.now() + 15_000;
      while (!pattern.test(text)) {
        if (Date.now() > giveUp) throw new Error(`${pattern} did not come: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

it("prints the variables, logs requests, and ends on SIGTERM", async () => {
  const emulator = run("--port", "0", "--region", "eu-west-1");
  await emulator.until(/Ctrl-C ends it\./);
  expect(emulator.output()).toMatch(/^export AWS_ACCESS_KEY_ID=AKIA[A-Z2-7]{16}$/m);
  expect(emulator.output()).toMatch(/^export AWS_REGION=eu-west-1$/m);
  const url = /^export AWS_ENDPOINT_URL_BEDROCK=(http:\/\/127\.0\.0\.1:\d+)$/m.exec(emulator.output())?.[1];
  await fetch(`${url}/foundation-models`);
  await emulator.until(/^GET {2}403 ListFoundationModels refused \d+ ms$/m);
  child?.kill("SIGTERM");
  expect(await emulator.exit).toBe(0);
});

it("logs JSON when asked to", async () => {
  const emulator = run("--port", "0", "--json-log");
  await emulator.until(/Ctrl-C ends it\./);
  const url = /AWS_ENDPOINT_URL_BEDROCK=(\S+)/.exec(emulator.output())?.[1];
  await fetch(`${url}/nowhere?a=1`);
  await emulator.until(/^\{.*"path":"\/nowhere\?a=1".*"status":403.*\}$/m);
});

it("says in one line what is wrong, and exits with 1", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  const port = typeof address === "object" && address ? String(address.port) : "";
  const onTaken = run("--port", port);
  expect(await onTaken.exit).toBe(1);
  expect(onTaken.output()).toBe(
    `error: port ${port} of 127.0.0.1 is taken. Choose another with --port, or 0 for a free one.\n`,
  );
  taken.close();
  const badUpstream = run("--upstream", "nonsense");
  expect(await badUpstream.exit).toBe(1);
  expect(badUpstream.output()).toMatch(/^error: --upstream nonsense is not a URL\..*\n$/);
  const badPort = run("--port", "x");
  expect(await badPort.exit).toBe(1);
  expect(badPort.output()).toMatch(/a whole number is needed/);
});
