/**
 * The plugin inside the real OpenClaw: installs the host (once), packs the plugin, and runs the host's own CLI against the
 * emulator, every scenario with a home and a state of its own. `pnpm test:openclaw --only <name>` (again for more) runs the
 * scenarios named, `--list` names them, `--report <file>` writes the counts as JSON.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTally } from "./lib/checks.ts";
import { FOLDER, installHost, packPlugin, typeTest } from "./lib/prepare.ts";
import { killAll } from "./lib/processes.ts";
import { type Scenario, temporaryFolder, type World } from "./lib/scenario.ts";
import { converseTurns } from "./scenarios/converse-turns.ts";
import { gateway } from "./scenarios/gateway.ts";
import { hostCommands } from "./scenarios/host-commands.ts";
import { mantleByKey, mantleTurns } from "./scenarios/mantle-turns.ts";
import { memorySearch } from "./scenarios/memory-search.ts";
import { noCredentials } from "./scenarios/no-credentials.ts";

const scenarios: Readonly<Record<string, Scenario>> = {
  gateway,
  hostCommands,
  converseTurns,
  mantleTurns,
  mantleByKey,
  memorySearch,
  noCredentials,
  types,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", multiple: true, default: [] },
    list: { type: "boolean", default: false },
    report: { type: "string" },
  },
});
if (values.list) {
  console.log(Object.keys(scenarios).join("\n"));
  process.exit(0);
}
const chosen = [...positionals, ...values.only.flatMap((names) => names.split(","))];
const unknown = chosen.filter((name) => !Object.hasOwn(scenarios, name));
if (unknown.length > 0) {
  console.error(`No scenario ${unknown.join(", ")}. There are: ${Object.keys(scenarios).join(", ")}`);
  process.exit(2);
}

const began = performance.now();
const tally = createTally();
const folder = await temporaryFolder();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void finish(130));

try {
  const checks = tally.checks();
  const version = await installHost();
  checks.ok(true, `OpenClaw ${version} is installed`);
  const tarball = await packPlugin(made("pack"));
  checks.ok(true, "the plugin is built and packed");
  const waiting = Object.entries(scenarios).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, () => work(waiting, tarball)));
} catch (error) {
  tally.checks().ok(false, "the test could begin", error);
}
await finish(tally.failed === 0 ? 0 : 1);

/** Runs scenarios until none is left. Two of these keep two processors busy: the host's commands use one each. */
async function work(waiting: [string, Scenario][], tarball: string): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, scenario] = next;
    const checks = tally.checks();
    try {
      await scenario({ checks, tarball, version: FOLDER, folder: made });
    } catch (error) {
      checks.ok(false, `${name} ran to its end`, error);
    }
  }
}

async function types({ checks }: World): Promise<void> {
  const compiled = await typeTest();
  checks.ok(compiled.code === 0, "types: plugin and conversation are the host's", compiled.stdout);
}

function made(name: string): string {
  const path = join(folder.path, name.replaceAll(" ", "-"));
  mkdirSync(path, { recursive: true });
  return path;
}

async function finish(code: number): Promise<never> {
  killAll();
  await folder.remove();
  const { passed, failed } = tally;
  if (values.report) writeFileSync(values.report, JSON.stringify({ numPassedTests: passed, numFailedTests: failed }));
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${passed} passed, ${failed} failed in ${seconds} s`);
  process.exit(code);
}
