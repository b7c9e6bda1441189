// Installs the other libraries from the lockfile of bench/peers and measures them: `pnpm bench:peers`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../peers", import.meta.url));

function must(file: string, args: readonly string[]): void {
  const { status } = spawnSync(file, args, { cwd: folder, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

must("pnpm", ["install", "--frozen-lockfile", "--silent"]);
must(process.execPath, [...process.execArgv, "src/main.ts"]);
