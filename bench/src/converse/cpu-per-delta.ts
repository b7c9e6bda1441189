import { comparedRow } from "../table.ts";
import { OURS, ours, RAW_HTTP2, rawHttp1, rawHttp2, type StreamClient } from "./clients.ts";
import { cpuMs, interleaved, readWhole } from "./measure.ts";
import type { Ports } from "./stub.ts";

const DELTAS = 5000;
const KINDS: Readonly<Record<string, string>> = {
  text: "text",
  tool: "tool input",
  reasoning: "reasoning + text",
  separate: "text, a packet per delta",
};
/** The most that ours may be of each. */
const GOALS: Readonly<Record<string, number>> = { [RAW_HTTP2]: 0.4, "AI SDK doStream": 0.2 };

/** CPU of the client per delta of a long answer. `peers` are measured in the same rounds. */
export async function cpuPerDelta(
  ports: Ports,
  rounds: number,
  peers: readonly StreamClient[] = [],
): Promise<string[]> {
  const http1 = `http://127.0.0.1:${ports.http1}`;
  const clients = [ours(http1), rawHttp2(`http://127.0.0.1:${ports.http2}`), rawHttp1(http1), ...peers];
  const rows: string[] = [];
  for (const [kind, words] of Object.entries(KINDS)) {
    const model = `bench.${kind}-${DELTAS}`;
    const figures = await interleaved(
      clients,
      rounds,
      async (client) => (1000 * (await cpuMs(() => readWhole(client, model)))) / DELTAS,
    );
    for (const { name } of clients.slice(1)) {
      // Goals are of the streams whose frames come many at a time; a packet each measures the socket.
      const goal = kind === "separate" ? undefined : GOALS[name];
      const pair = { ours: figures.get(OURS) ?? [], theirs: figures.get(name) ?? [] };
      rows.push(comparedRow({ what: `CPU per delta: ${words}`, unit: "µs", ...pair, against: name, goal }));
    }
  }
  for (const client of clients) client.close();
  return rows;
}
