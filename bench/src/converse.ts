// Clawrock's public stream against the raw AWS SDK: both sides in one run, interleaved, against a stub server in a process of
// its own. `pnpm bench converse[/part]` prints a table; BENCH_ROUNDS sets the pairs of each comparison (30).
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { startStub } from "./converse/stub.ts";
import { tableHead } from "./table.ts";

const PARTS = [
  "cpu-per-delta",
  "tool-growth",
  "first-token",
  "many-streams",
  "long-request",
  "import-cost",
  "paused-consumer",
  "closing",
];
const rounds = process.env["BENCH_ROUNDS"] ?? "30";
const asked = process.argv.slice(2);

const stub = await startStub();
console.log(`${rounds} pairs of each, Node ${process.versions.node}\n\n${tableHead()}`);
for (const part of asked.length > 0 ? asked : PARTS) {
  const args = [
    ...process.execArgv,
    join(import.meta.dirname, "converse/part.ts"),
    part,
    JSON.stringify(stub.ports),
    rounds,
  ];
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: stub.certificateFile };
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env });
  if (status !== 0) process.exitCode = 1;
}
stub.stop();
