import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { at, numberAt, parseJson } from "../lib/json.ts";
import { run } from "../lib/processes.ts";
import type { Scenario } from "../lib/scenario.ts";

const PATIENT = { timeoutMs: 120_000 };

/** OpenClaw's own static check of plugins, of the packed one against the installed host. It runs no code of the plugin. */
export const inspector: Scenario = async ({ checks, tarball, release, folder }) => {
  const into = folder("inspector");
  await mkdir(into, { recursive: true });
  const env = { PATH: "/usr/bin:/bin", HOME: into };
  const unpacked = await run("tar", ["xzf", tarball, "-C", into], { env, ...PATIENT });
  if (unpacked.code !== 0) throw new Error(unpacked.stderr);
  const installed = join(release.folder, "node_modules");
  const check = [join(installed, "@openclaw/plugin-inspector/src/cli.js"), "check", "--json", "--out", into];
  const where = ["--plugin-root", join(into, "package"), "--openclaw", join(installed, "openclaw")];
  const inspected = await run(process.execPath, [...check, ...where], { cwd: into, env, ...PATIENT });
  const report = parseJson(inspected.stdout);
  checks.ok(
    inspected.code === 0 && at(report, "status") === "pass" && at(report, "targetOpenClaw", "status") === "ok",
    "inspector: OpenClaw's own check of plugins passes",
    inspected,
  );
  const found = ["breakages", "warnings", "suggestions", "issues"].flatMap((kind) => [at(report, kind)].flat());
  checks.ok(
    numberAt(report, "summary", "fixtureCount") === 1 && found.length === 0,
    "inspector: it finds nothing to mend, and nothing deprecated",
    found,
  );
};
