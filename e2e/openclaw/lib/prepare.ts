import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ran, run } from "./processes.ts";
import type { Release } from "./releases.ts";

export const ROOT: string = fileURLToPath(new URL("../../..", import.meta.url));
const PLUGIN = join(ROOT, "packages/openclaw-provider");

/** The environment of developer tools: everything but AWS settings, which belong to the scenarios. */
const TOOLS = Object.fromEntries(
  Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AWS_"),
  ),
);

/** Installs a host and what belongs to it from the lockfile of its folder, unless it is there already. */
export async function installHost({ folder, version }: Release): Promise<void> {
  const wanted = Object.entries<string>(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).devDependencies);
  const installed = (name: string): string | undefined => versionIn(join(folder, "node_modules", name, "package.json"));
  if (wanted.some(([name, exact]) => installed(name) !== exact)) {
    await must("pnpm", ["install", "--frozen-lockfile"], folder);
  }
  if (installed("openclaw") !== version)
    throw new Error(`${folder} holds OpenClaw ${installed("openclaw")}, not ${version}`);
}

/** Compiles the type test against an installed host. */
export function typeTest({ folder }: Release): Promise<Ran> {
  return run(process.execPath, [join(folder, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "types"], {
    cwd: folder,
    env: TOOLS,
    timeoutMs: 300_000,
  });
}

/** Builds the plugin and packs it as it would be published. Gives the tarball's path. */
export async function packPlugin(into: string): Promise<string> {
  await must("pnpm", ["run", "build"], PLUGIN);
  await must("pnpm", ["pack", "--pack-destination", into], PLUGIN);
  const [tarball] = readdirSync(into).filter((file) => file.endsWith(".tgz"));
  if (!tarball) throw new Error(`pnpm pack left no tarball in ${into}`);
  return join(into, tarball);
}

async function must(file: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, command, stdout, stderr } = await run(file, args, { cwd, env: TOOLS, timeoutMs: 300_000 });
  if (code !== 0) throw new Error(`${command} failed with ${code}:\n${stdout}\n${stderr}`);
}

function versionIn(file: string): string | undefined {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version : undefined;
}
