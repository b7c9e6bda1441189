import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ran, run } from "./processes.ts";

export const FOLDER: string = fileURLToPath(new URL("..", import.meta.url));
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const PLUGIN = join(ROOT, "packages/openclaw-provider");

/** The environment of developer tools: everything but AWS settings, which belong to the scenarios. */
const TOOLS = Object.fromEntries(
  Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("AWS_"),
  ),
);

/** Installs the host from the lockfile of this folder, unless it is there already. Gives its version. */
export async function installHost(): Promise<string> {
  const wanted = version(join(FOLDER, "package.json"), "devDependencies");
  const installed = join(FOLDER, "node_modules/openclaw/package.json");
  if (!existsSync(installed) || version(installed) !== wanted) {
    await must("pnpm", ["install", "--frozen-lockfile"], FOLDER);
  }
  return version(installed);
}

/** Compiles the type test against the installed host. */
export function typeTest(): Promise<Ran> {
  return run(process.execPath, [join(FOLDER, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", "types"], {
    cwd: FOLDER,
    env: TOOLS,
    timeoutMs: 120_000,
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

function version(file: string, group?: "devDependencies"): string {
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  return group ? manifest[group].openclaw : manifest.version;
}
