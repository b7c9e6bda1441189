// A process of its own: warms one client up, then reads many answers at once, and prints what that cost as JSON.
import { monitorEventLoopDelay } from "node:perf_hooks";
import { OURS, ours, rawHttp1 } from "./clients.ts";
import type { Crowd } from "./many-streams.ts";
import { cpuMs, readWhole } from "./measure.ts";
import type { Ports } from "./stub.ts";

const MODEL = "bench.text-200";
const [name = OURS, ports = "{}", streams = "500"] = process.argv.slice(2);
const endpoint = `http://127.0.0.1:${(JSON.parse(ports) as Ports).http1}`;
const client = name === OURS ? ours(endpoint) : rawHttp1(endpoint);

for (let call = 0; call < 30; call++) await readWhole(client, MODEL);
const rss = process.memoryUsage.rss();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const cpu = await cpuMs(() => Promise.all(Array.from({ length: Number(streams) }, () => readWhole(client, MODEL))));
// The histogram is fed by a timer: let it see the end of the last block.
await new Promise((resolve) => setTimeout(resolve, 20));
delay.disable();
const crowd: Crowd = {
  cpuMs: cpu,
  maxLoopDelayMs: delay.max / 1e6,
  rssGrowthMb: (process.memoryUsage.rss() - rss) / 1e6,
};
console.log(JSON.stringify(crowd));
process.exit();
