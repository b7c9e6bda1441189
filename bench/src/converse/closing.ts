import { setTimeout as wait } from "node:timers/promises";
import { awsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { median } from "../statistics.ts";
import { figureRow } from "../table.ts";
import { observedBy, type Ports } from "./stub.ts";

const GOAL_MS = 5;
/** How long the raw SDK's socket would stay open: this is given up after. */
const GIVE_UP_MS = 2500;

/** From leaving the stream to the server's seeing its socket closed, both read from the machine's monotonic clock. */
export async function closing(ports: Ports, rounds: number): Promise<string[]> {
  const endpoint = `http://127.0.0.1:${ports.http1}`;
  const aws = awsSession({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    endpoints: { "bedrock-runtime": endpoint },
  });
  const converse = createConverse({ aws });
  const stream = (signal?: AbortSignal): ReturnType<typeof converse.stream> =>
    converse.stream(
      { model: "bench.endless-1", messages: [{ role: "user", content: "hi", timestamp: 0 }] },
      { signal },
    );
  const ways: Readonly<Record<string, () => Promise<bigint>>> = {
    break: async () => {
      let at = 0n;
      for await (const event of stream()) {
        if (event.type !== "text_delta") continue;
        at = process.hrtime.bigint();
        break;
      }
      return at;
    },
    "return()": async () => {
      const iterator = stream()[Symbol.asyncIterator]();
      for (let n = 0; n < 3; n++) await iterator.next();
      const at = process.hrtime.bigint();
      await iterator.return?.();
      return at;
    },
    abort: async () => {
      const abort = new AbortController();
      let at = 0n;
      for await (const event of stream(abort.signal)) {
        if (event.type !== "text_delta" || at > 0n) continue;
        at = process.hrtime.bigint();
        abort.abort();
      }
      return at;
    },
  };
  const rows: string[] = [];
  for (const [way, leave] of Object.entries(ways)) {
    const times: number[] = [];
    for (let round = -3; round < rounds; round++) {
      const left = await leave();
      const closed = await closedAt(ports);
      if (round >= 0) times.push(Number(closed - left) / 1e6);
    }
    const middle = median(times);
    const value = `${middle.toFixed(2)} ms (at most ${Math.max(...times).toFixed(2)})`;
    rows.push(figureRow(`${way} to closed socket`, value, `≤ ${GOAL_MS} ms`, middle <= GOAL_MS));
  }
  aws.close();
  return rows;
}

async function closedAt(ports: Ports): Promise<bigint> {
  for (let waited = 0; waited < GIVE_UP_MS; waited += 10) {
    const { endlessClosedAtNs } = await observedBy(ports);
    if (endlessClosedAtNs !== "0") return BigInt(endlessClosedAtNs);
    await wait(10);
  }
  throw new Error(`The socket is open ${GIVE_UP_MS} ms after the stream was left`);
}
