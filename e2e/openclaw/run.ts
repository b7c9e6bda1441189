/**
 * The plugin inside the real OpenClaw: installs the host (once), packs the plugin, and runs the host's own CLI against the
 * emulator, every scenario with a home and a state of its own. `pnpm test:openclaw --only <name>` (again for more) runs the
 * scenarios named, `--list` names them, `--report <file>` writes the counts as JSON, `--update` writes the generated guide.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTally } from "./lib/checks.ts";
import { installHost, packPlugin, typeTest } from "./lib/prepare.ts";
import { killAll } from "./lib/processes.ts";
import { NEWEST } from "./lib/releases.ts";
import { type Scenario, temporaryFolder, type World } from "./lib/scenario.ts";
import { configMistakes } from "./scenarios/config-mistakes.ts";
import { converseTurns } from "./scenarios/converse-turns.ts";
import { documented } from "./scenarios/documented.ts";
import { gateway } from "./scenarios/gateway.ts";
import { hostCommands } from "./scenarios/host-commands.ts";
import { inspector } from "./scenarios/inspector.ts";
import { installs } from "./scenarios/installs.ts";
import { containerRole, instanceRole } from "./scenarios/instance-role.ts";
import { mantleEntry } from "./scenarios/mantle-entry.ts";
import { mantleOutage } from "./scenarios/mantle-outage.ts";
import { mantleByKey, mantleTurns } from "./scenarios/mantle-turns.ts";
import { memoryAuto } from "./scenarios/memory-auto.ts";
import { memorySearch } from "./scenarios/memory-search.ts";
import { modelCommands } from "./scenarios/model-commands.ts";
import { noCredentials } from "./scenarios/no-credentials.ts";
import { oldestHost } from "./scenarios/oldest-host.ts";
import { profiles } from "./scenarios/profiles.ts";
import { quiet } from "./scenarios/quiet.ts";
import { renewal } from "./scenarios/renewal.ts";
import { retries } from "./scenarios/retries.ts";
import { troubles } from "./scenarios/troubles.ts";

/** The longest first: two run at a time. */
const scenarios: Readonly<Record<string, Scenario>> = {
  documented,
  installs,
  memorySearch,
  instanceRole,
  oldestHost,
  troubles,
  retries,
  renewal,
  modelCommands,
  profiles,
  gateway,
  configMistakes,
  mantleEntry,
  mantleOutage,
  converseTurns,
  mantleTurns,
  mantleByKey,
  hostCommands,
  quiet,
  containerRole,
  noCredentials,
  memoryAuto,
  inspector,
  types,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string", multiple: true, default: [] },
    list: { type: "boolean", default: false },
    report: { type: "string" },
    entry: { type: "string" },
    update: { type: "boolean", default: false },
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
  await installHost(NEWEST);
  checks.ok(true, `OpenClaw ${NEWEST.version} is installed`);
  const tarball = await packPlugin(made("pack"));
  checks.ok(true, "the plugin is built and packed");
  const waiting = Object.entries(scenarios).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  const common = { tarball, release: NEWEST, update: values.update, entry: values.entry, folder: made };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, () => work(waiting, common)));
} catch (error) {
  tally.checks().ok(false, "the test could begin", error);
}
await finish(tally.failed === 0 ? 0 : 1);

/** Runs scenarios until none is left. Two of these keep two processors busy: the host's commands use one each. */
async function work(waiting: [string, Scenario][], common: Omit<World, "checks">): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, scenario] = next;
    const checks = tally.checks();
    try {
      await scenario({ ...common, checks });
    } catch (error) {
      checks.ok(false, `${name} ran to its end`, error);
    }
  }
}

async function types({ checks, release }: World): Promise<void> {
  const compiled = await typeTest(release);
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
