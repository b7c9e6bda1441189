import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const cli = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
let child: ChildProcess | undefined;
const children: ChildProcess[] = [];
afterEach(() => {
  for (const running of children.splice(0)) running.kill();
});

function run(...args: string[]): {
  output: () => string;
  until: (pattern: RegExp) => Promise<void>;
  exit: Promise<number | null>;
} {
  const running = spawn(process.execPath, ["--conditions=@clawrock/source", cli, ...args], { stdio: "pipe" });
  child = running;
  children.push(running);
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
  await emulator.until(
    /^\d\d:\d\d:\d\d GET {2}403 ListFoundationModels \d+ ms {2}MissingAuthenticationTokenException: /m,
  );
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

it("speaks TLS that its variables trust, and suffers the faults of a script", async () => {
  const folder = mkdtempSync(join(tmpdir(), "emulator-cli-"));
  const script = join(folder, "faults.txt");
  writeFileSync(script, "# one refusal, then an answer\nthrottle\n-\nListInferenceProfiles: denied\n");
  const emulator = run("--port", "0", "--tls", "--faults", script);
  await emulator.until(/Ctrl-C ends it\./);
  const variable = (name: string): string =>
    new RegExp(`^export ${name}=(.*)$`, "m").exec(emulator.output())?.[1] ?? "";
  const url = variable("AWS_ENDPOINT_URL_BEDROCK");
  expect(url).toMatch(/^https:/);
  const ca = readFileSync(variable("NODE_EXTRA_CA_CERTS"));
  const status = await new Promise((resolve, reject) => {
    get(`${url}/foundation-models`, { ca }, (answer) => resolve(answer.resume().statusCode)).on("error", reject);
  });
  expect(status).toBe(403);
  writeFileSync(script, "throttle\n\nnonsense=1\n");
  const wrong = run("--port", "0", "--faults", script);
  expect(await wrong.exit).toBe(1);
  expect(wrong.output()).toMatch(/^error: .*faults\.txt, line 3: the fault 'nonsense=1' is not known\. .*\n$/);
  writeFileSync(script, "ListInferenceProfile: denied\n");
  const misspelt = run("--port", "0", "--faults", script);
  expect(await misspelt.exit).toBe(1);
  expect(misspelt.output()).toMatch(
    /^error: .*, line 1: the operation 'ListInferenceProfile' is not known\. Use \* or .*\n$/,
  );
  const missing = run("--faults", join(folder, "none"));
  expect(await missing.exit).toBe(1);
  expect(missing.output()).toMatch(/^error: --faults .* cannot be read: there is no such file\.\n$/);
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
});

it.each([
  [["--port", "x"], "a whole number is needed"],
  [["--port", "65536"], "a port is at most 65535"],
  [["--host", ""], "an address is needed"],
  [["--region", "us east"], "a region is needed"],
  [["--faults", tmpdir()], "cannot be read: it is a folder"],
])("refuses %j in one line", async (options, problem) => {
  const refused = run(...options);
  expect(await refused.exit).toBe(1);
  expect(refused.output()).toMatch(/^error: .*\n$/);
  expect(refused.output()).toContain(problem);
});

it("goes on when nobody reads its variables", async () => {
  const emulator = run("--port", "0");
  child?.stdout?.destroy();
  await emulator.until(/Ctrl-C ends it\./);
  const url = /at (http\S+),/.exec(emulator.output())?.[1];
  expect((await fetch(`${url}/foundation-models`)).status).toBe(403);
});
