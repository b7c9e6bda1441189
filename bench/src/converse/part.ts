// One part of the converse benchmark in a process of its own: `part.ts <name> <ports as JSON> <rounds>`. It prints its rows.
import { closing } from "./closing.ts";
import { cpuPerDelta } from "./cpu-per-delta.ts";
import { firstToken } from "./first-token.ts";
import { importCost } from "./import-cost.ts";
import { longRequest } from "./long-request.ts";
import { manyStreams } from "./many-streams.ts";
import { pausedConsumer } from "./paused-consumer.ts";
import type { Ports } from "./stub.ts";
import { toolGrowth } from "./tool-growth.ts";

const PARTS: Readonly<Record<string, (ports: Ports, rounds: number) => Promise<readonly string[]>>> = {
  "cpu-per-delta": cpuPerDelta,
  "tool-growth": toolGrowth,
  "first-token": firstToken,
  "many-streams": manyStreams,
  "long-request": longRequest,
  "import-cost": importCost,
  "paused-consumer": pausedConsumer,
  closing,
};

const [name = "", ports = "{}", rounds = "30"] = process.argv.slice(2);
const part = PARTS[name];
if (!part) throw new Error(`No part ${name}. There are: ${Object.keys(PARTS).join(", ")}`);
for (const row of await part(JSON.parse(ports) as Ports, Number(rounds))) console.log(row);
process.exit();
