// What a lookup costs: the module's load and first lookup in fresh processes, then cached and cold lookups. Of the built
// package, which is what users load; it is built first.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { print } from "./print.ts";
import { median } from "./statistics.ts";

const PACKAGE = new URL("../../packages/model-capabilities/", import.meta.url);
const ENTRY = new URL("dist/index.js", PACKAGE);
execFileSync("pnpm", ["run", "--silent", "build"], {
  cwd: fileURLToPath(PACKAGE),
  stdio: ["ignore", "ignore", "inherit"],
});

/** Ids of every shape, listed and not. */
const IDS: readonly string[] = [
  "us.anthropic.claude-opus-4-7",
  "anthropic.claude-opus-9-1",
  "anthropic.claude-v7:1:200k",
  "eu.amazon.nova-lite-v1:0",
  "amazon.nova-9-lite-v1:0",
  "meta.llama9-70b-instruct-v1:0",
  "openai.gpt-oss-120b-1:0",
  "cohere.embed-v9",
  "arn:aws:bedrock:us-east-1::foundation-model/mistral.mistral-large-2402-v1:0",
  "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6",
];

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

const { capabilitiesOf, parseModelRef }: typeof import("@clawrock/model-capabilities") = await import(ENTRY.href);
for (let i = 0; i < 200_000; i++) capabilitiesOf(parseModelRef(IDS[i % IDS.length] ?? ""));
const rounds = 1_000_000;
const startCached = process.hrtime.bigint();
for (let i = 0; i < rounds; i++) capabilitiesOf(parseModelRef(IDS[i % IDS.length] ?? ""));
print("cached lookup, µs", Number(process.hrtime.bigint() - startCached) / rounds / 1000);

const fresh = Array.from({ length: 20_000 }, (_, i) => `us.anthropic.claude-opus-${i % 90}-${Math.floor(i / 90)}`);
for (const id of fresh.slice(0, 2000)) capabilitiesOf(parseModelRef(id));
const startCold = process.hrtime.bigint();
for (const id of fresh.slice(2000)) capabilitiesOf(parseModelRef(id));
print(
  "cold lookup of an id not seen before, µs",
  Number(process.hrtime.bigint() - startCold) / (fresh.length - 2000) / 1000,
);

const table = readFileSync(new URL("src/facts/generated/table.ts", PACKAGE));
print("facts table, gzip bytes", gzipSync(table, { level: 9 }).length);
