import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { SYNTHETIC_IDS } from "../test/synthetic-ids.ts";

/** What a lookup costs: the module's load and first lookup in fresh processes, then cached and cold lookups. */
const ENTRY = new URL(process.argv[2] ?? "../dist/index.js", import.meta.url);
const FIRST = `
const before = process.cpuUsage();
const { capabilitiesOf, parseModelRef } = await import(${JSON.stringify(ENTRY.href)});
const loaded = process.cpuUsage(before);
const start = process.cpuUsage();
capabilitiesOf(parseModelRef("us.anthropic.claude-opus-4-7"));
const first = process.cpuUsage(start);
console.log(JSON.stringify([(loaded.user + loaded.system) / 1000, (first.user + first.system) / 1000]));
`;

const runs = Array.from({ length: 31 }, () => {
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", FIRST], { encoding: "utf8" });
  const [load = 0, lookup = 0]: number[] = JSON.parse(run.stdout);
  return { load, lookup };
});
print("load, CPU ms (median of 31 processes)", median(runs.map((run) => run.load)));
print("first parse and lookup, CPU ms", median(runs.map((run) => run.lookup)));

const { capabilitiesOf, parseModelRef }: typeof import("../src/index.ts") = await import(ENTRY.href);
const ids = SYNTHETIC_IDS;
for (let i = 0; i < 200_000; i++) capabilitiesOf(parseModelRef(ids[i % ids.length] ?? ""));
const rounds = 1_000_000;
const startCached = process.hrtime.bigint();
for (let i = 0; i < rounds; i++) capabilitiesOf(parseModelRef(ids[i % ids.length] ?? ""));
print("cached lookup, µs", Number(process.hrtime.bigint() - startCached) / rounds / 1000);

const fresh = Array.from({ length: 20_000 }, (_, i) => `us.anthropic.claude-opus-${i % 90}-${Math.floor(i / 90)}`);
for (const id of fresh.slice(0, 2000)) capabilitiesOf(parseModelRef(id));
const startCold = process.hrtime.bigint();
for (const id of fresh.slice(2000)) capabilitiesOf(parseModelRef(id));
print(
  "cold lookup of an id not seen before, µs",
  Number(process.hrtime.bigint() - startCold) / (fresh.length - 2000) / 1000,
);

const table = readFileSync(new URL("../src/facts/generated/table.ts", import.meta.url));
print("facts table, gzip bytes", gzipSync(table, { level: 9 }).length);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function print(what: string, figure: number): void {
  console.log(`${what.padEnd(46)} ${Number.isInteger(figure) ? figure : figure.toFixed(3)}`);
}
