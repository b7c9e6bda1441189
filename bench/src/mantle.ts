// CPU of this process per chunk of a streamed answer: Clawrock's public stream with all its events against the `openai`
// client's own stream, iterated and nothing done with it; interleaved, from a stub server in a process of its own.
import { fork } from "node:child_process";
import { join } from "node:path";
import { awsSession } from "@clawrock/aws-auth";
import { createMantle, type MantleApi } from "@clawrock/mantle-openai";
import { OpenAI } from "openai";
import { median, pairedRatio, verdict } from "./statistics.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 30);
const CHUNKS = 5000;
const GOAL = 0.6;

const server = fork(join(import.meta.dirname, "mantle-server.ts"), { execArgv: process.execArgv });
const port = await new Promise<number>((resolve) => server.once("message", (message) => resolve(Number(message))));
const url = `http://127.0.0.1:${port}`;

const aws = awsSession({ region: "us-east-1", bearerToken: "bench", env: {}, endpoints: { "bedrock-mantle": url } });
const mantle = createMantle({ aws });
const openai = new OpenAI({ apiKey: "bench", baseURL: `${url}/v1` });
/** The client over the session's connections, to tell the stream's share from the connection's. */
const sameFetch = new OpenAI({ apiKey: "bench", baseURL: `${url}/v1`, fetch: aws.fetch });

async function own(api: MantleApi, model: string): Promise<number> {
  let deltas = 0;
  const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];
  for await (const event of mantle.stream({ model, api, messages })) {
    if ("delta" in event) deltas++;
    if (event.type === "error") throw new Error(event.error.errorMessage);
  }
  return deltas;
}

async function theirs(client: OpenAI, api: MantleApi, model: string): Promise<number> {
  let chunks = 0;
  const stream =
    api === "chat"
      ? await client.chat.completions.create({ model, messages: [{ role: "user", content: "hi" }], stream: true })
      : await client.responses.create({ model, input: "hi", stream: true });
  for await (const _ of stream) chunks++;
  return chunks;
}

type Run = (api: MantleApi, model: string) => Promise<number>;
const runs: Readonly<Record<string, Run>> = {
  clawrock: own,
  openai: (api, model) => theirs(openai, api, model),
  "openai, our connections": (api, model) => theirs(sameFetch, api, model),
};

/** Microseconds of CPU per chunk. */
async function cost(run: Run, api: MantleApi, model: string): Promise<number> {
  const from = process.cpuUsage();
  const seen = await run(api, model);
  const { user, system } = process.cpuUsage(from);
  if (seen < CHUNKS) throw new Error(`${api} ${model} gave ${seen} chunks`);
  return (user + system) / CHUNKS;
}

console.log(`CPU per chunk, ${ROUNDS} interleaved rounds of ${CHUNKS} chunks, Node ${process.versions.node}`);
for (const api of ["responses", "chat"] as const) {
  for (const kind of ["text", "tool"]) {
    const model = `acme.${kind}-${CHUNKS}`;
    const costs = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
    for (let warm = 0; warm < 3; warm++) for (const run of Object.values(runs)) await cost(run, api, model);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, run] of Object.entries(runs)) costs.get(name)?.push(await cost(run, api, model));
    }
    const ours = costs.get("clawrock") ?? [];
    for (const [name, values] of costs) {
      const label = `${`${api}, ${kind}`.padEnd(16)} ${name.padEnd(24)} ${median(values).toFixed(2).padStart(6)} µs`;
      if (name === "clawrock") console.log(label);
      else {
        const ratio = pairedRatio(ours, values);
        const range = `${ratio.median.toFixed(2)}x of it (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`;
        const goal = name === "openai" ? `; goal ${GOAL.toFixed(2)}x: ${verdict(ratio, GOAL)}` : "";
        console.log(`${label}  clawrock is ${range}${goal}`);
      }
    }
  }
}
server.kill();
aws.close();
