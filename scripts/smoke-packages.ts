// Packs every library as npm would publish it, installs the tarballs into an empty folder and imports each one: what is in
// the tarball must be enough, on the oldest Node the libraries support as on the current one.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const OLDEST_NODE = "22.13.0";
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "clawrock-smoke-"));

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, [...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

try {
  const tarballs: Record<string, string> = {};
  for (const entry of readdirSync(join(root, "packages"))) {
    const cwd = join(root, "packages", entry);
    const { name, private: isPrivate } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")) as Manifest;
    // The plugin is for OpenClaw's Node and is checked in the real host.
    if (isPrivate || name === "@clawrock/openclaw-provider") continue;
    const packed = JSON.parse(run("pnpm", ["pack", "--json", "--pack-destination", folder], cwd)) as {
      filename: string;
    };
    tarballs[name] = `file:${packed.filename}`;
  }
  const manifest = { name: "smoke", private: true, type: "module", dependencies: tarballs, overrides: tarballs };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], folder);
  const names = Object.keys(tarballs);
  const imports = names.map(
    (name) => `if (Object.keys(await import("${name}")).length === 0) throw new Error("${name} exports nothing");`,
  );
  writeFileSync(join(folder, "smoke.js"), [...imports, 'console.log("imported", process.version);'].join("\n"));
  process.stdout.write(run("node", ["smoke.js"], folder));
  process.stdout.write(run("npx", ["-y", "-p", `node@${OLDEST_NODE}`, "node", "smoke.js"], folder));
  console.log(`${names.length} packages pack, install and import`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
