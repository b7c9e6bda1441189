import { performance } from "node:perf_hooks";
import { comparedRow, figureRow } from "../table.ts";
import { OURS, ours, rawHttp1, rawHttp2 } from "./clients.ts";
import { interleaved, readWhole } from "./measure.ts";
import { observedBy, type Ports } from "./stub.ts";

const MODEL = "bench.text-20";
const CALLS = 100;
/** A call takes a millisecond or so: many of them make one figure of a pair. */
const CALLS_PER_FIGURE = 10;
/** The raw SDK opens a connection per HTTP/2 call; the others only their first. */
const GOALS = [0.4, 1.1];

/** Time to the first delta over TLS, on connections that are warm where the client keeps any; and how many it opens. */
export async function firstToken(ports: Ports, rounds: number): Promise<string[]> {
  const endpoint = `https://127.0.0.1:${ports.tls}`;
  const clients = [ours(endpoint), rawHttp2(endpoint), rawHttp1(endpoint)];
  const figures = await interleaved(clients, rounds, async (client) => {
    let waited = 0;
    for (let call = 0; call < CALLS_PER_FIGURE; call++) {
      const from = performance.now();
      await readWhole(client, MODEL, () => {
        waited += performance.now() - from;
      });
    }
    return waited / CALLS_PER_FIGURE;
  });
  const rows = clients.slice(1).map(({ name }, at) => {
    const pair = { ours: figures.get(OURS) ?? [], theirs: figures.get(name) ?? [], against: name };
    return comparedRow({ what: "first token, warm TLS", unit: "ms", ...pair, goal: GOALS[at] });
  });
  const [client] = clients;
  const before = (await observedBy(ports)).tlsConnections;
  for (let call = 0; client && call < CALLS; call++) await readWhole(client, MODEL);
  const opened = (await observedBy(ports)).tlsConnections - before;
  rows.push(
    figureRow(`new TLS connections in ${CALLS} calls, one after the other`, String(opened), "≤ 1", opened <= 1),
  );
  for (const each of clients) each.close();
  return rows;
}
