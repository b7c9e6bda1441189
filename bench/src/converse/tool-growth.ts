import { median } from "../statistics.ts";
import { comparedRow, figureRow } from "../table.ts";
import { OURS, ours, RAW_HTTP2, rawHttp2 } from "./clients.ts";
import { cpuMs, interleaved, readWhole } from "./measure.ts";
import type { Ports } from "./stub.ts";

/** How the cost of a tool call grows with the length of its input: eight times the input must not cost more than nine times. */
export async function toolGrowth(ports: Ports, rounds: number): Promise<string[]> {
  const clients = [ours(`http://127.0.0.1:${ports.http1}`), rawHttp2(`http://127.0.0.1:${ports.http2}`)];
  const medians: number[] = [];
  const rows: string[] = [];
  for (const deltas of [1000, 2000, 4000, 8000]) {
    const figures = await interleaved(clients, rounds, (client) =>
      cpuMs(() => readWhole(client, `bench.tool-${deltas}`)),
    );
    medians.push(median(figures.get(OURS) ?? []));
    if (deltas < 8000) continue;
    const pair = { ours: figures.get(OURS) ?? [], theirs: figures.get(RAW_HTTP2) ?? [], against: RAW_HTTP2 };
    rows.push(comparedRow({ what: "CPU of a tool call of 8,000 deltas", unit: "ms", ...pair, goal: 1 }));
  }
  const growth = (medians[3] ?? Number.NaN) / (medians[0] ?? Number.NaN);
  const steps = medians.map((ms) => ms.toFixed(1)).join(" / ");
  rows.push(
    figureRow("CPU at 1k/2k/4k/8k tool deltas, ms", `${steps}; 8k is ${growth.toFixed(1)}x 1k`, "≤ 9x", growth <= 9),
  );
  for (const client of clients) client.close();
  return rows;
}
