import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { comparedRow } from "../table.ts";
import type { Ports } from "./stub.ts";

const HERE = fileURLToPath(new URL("../..", import.meta.url));
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** CPU of importing the built package without a call, above an empty process, against the raw SDK's. */
export async function importCost(_ports: Ports, rounds: number): Promise<string[]> {
  execFileSync("pnpm", ["exec", "turbo", "run", "build", "--filter", "@clawrock/bedrock-converse"], {
    cwd: ROOT,
    stdio: "ignore",
  });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const empty = cpuOf("");
    ours.push(Math.max(0, cpuOf(`await import("@clawrock/bedrock-converse")`) - empty));
    theirs.push(cpuOf(`await import("@aws-sdk/client-bedrock-runtime")`) - empty);
  }
  return [
    comparedRow({
      what: "import without a call: CPU",
      unit: "ms",
      ours,
      theirs,
      against: "raw SDK's import",
      goal: 0.15,
    }),
  ];
}

/** CPU milliseconds of a process that runs this code. Without the workspace's condition, so that the build is loaded. */
function cpuOf(code: string): number {
  const print = `const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", `${code};${print}`],
    { cwd: HERE, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}
