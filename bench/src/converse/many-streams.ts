import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { comparedRow } from "../table.ts";
import { OURS, RAW_HTTP1 } from "./clients.ts";
import type { Ports } from "./stub.ts";

const STREAMS = 500;

export interface Crowd {
  readonly cpuMs: number;
  readonly maxLoopDelayMs: number;
  readonly rssGrowthMb: number;
}

/** Five hundred answers of 200 deltas at once: each figure is of a fresh process. */
export async function manyStreams(ports: Ports, rounds: number): Promise<string[]> {
  const crowds = new Map<string, Crowd[]>([
    [OURS, []],
    [RAW_HTTP1, []],
  ]);
  for (let round = 0; round < rounds; round++) {
    for (const [name, figures] of crowds) figures.push(crowd(name, ports));
  }
  const pair = (pick: (each: Crowd) => number): { ours: number[]; theirs: number[]; against: string } => ({
    ours: (crowds.get(OURS) ?? []).map(pick),
    theirs: (crowds.get(RAW_HTTP1) ?? []).map(pick),
    against: RAW_HTTP1,
  });
  const what = `${STREAMS} streams at once`;
  return [
    comparedRow({ what: `${what}: CPU`, unit: "ms", ...pair(({ cpuMs }) => cpuMs), goal: 0.55 }),
    comparedRow({
      what: `${what}: longest block of the event loop`,
      unit: "ms",
      ...pair((each) => each.maxLoopDelayMs),
      goal: 1,
    }),
    comparedRow({
      what: `${what}: growth of memory (RSS)`,
      unit: "MB",
      ...pair((each) => each.rssGrowthMb),
      goal: 1.2,
    }),
  ];
}

function crowd(client: string, ports: Ports): Crowd {
  const args = [
    ...process.execArgv,
    join(import.meta.dirname, "crowd.ts"),
    client,
    JSON.stringify(ports),
    String(STREAMS),
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`The crowd of ${client} failed: ${stderr}`);
  return JSON.parse(stdout) as Crowd;
}
