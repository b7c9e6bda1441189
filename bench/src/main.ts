// `pnpm bench [name …]`: one benchmark after the other, each in a process of its own; all of them without a name. A part of one
// is named behind a slash: `pnpm bench converse/first-token`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const NAMES = ["converse", "aws-auth", "embeddings", "model-capabilities", "discovery", "mantle", "plugin"];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !NAMES.includes(name.split("/")[0] ?? ""));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(", ")}. There are: ${NAMES.join(", ")}.`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : NAMES) {
  console.log(`\n# ${name}`);
  const [benchmark, ...parts] = name.split("/");
  const file = join(import.meta.dirname, `${benchmark}.ts`);
  const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...parts], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
