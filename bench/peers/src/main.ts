// CPU per delta of this project's stream, the raw SDK and other libraries, interleaved in one run: `pnpm bench:peers`.
import { cpuPerDelta } from "../../src/converse/cpu-per-delta.ts";
import { startStub } from "../../src/converse/stub.ts";
import { tableHead } from "../../src/table.ts";
import { peers } from "./peers.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 30);
const stub = await startStub();
console.log(`${rounds} pairs of each, Node ${process.versions.node}\n\n${tableHead()}`);
for (const row of await cpuPerDelta(stub.ports, rounds, peers(stub.ports))) console.log(row);
stub.stop();
process.exit();
