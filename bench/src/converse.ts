// CPU of this process per delta of a streamed answer: Clawrock's public stream with all its events against the raw SDK
// (its default HTTP/2 and HTTP/1.1 kept alive), interleaved, from a stub server in a process of its own.
import { fork } from "node:child_process";
import { join } from "node:path";
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { median, pairedRatio, verdict } from "./statistics.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 30);
const DELTAS = 5000;

const server = fork(join(import.meta.dirname, "stub-server.ts"), { execArgv: process.execArgv });
const ports = await new Promise<{ http1: number; http2: number }>((resolve) =>
  server.once("message", (message) => resolve(message as never)),
);

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const region = "us-east-1";
const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": `http://127.0.0.1:${ports.http1}` } });
const converse = createConverse({ aws });
const rawHttp2 = new BedrockRuntimeClient({ region, credentials, endpoint: `http://127.0.0.1:${ports.http2}` });
const rawHttp1 = new BedrockRuntimeClient({
  region,
  credentials,
  endpoint: `http://127.0.0.1:${ports.http1}`,
  requestHandler: new NodeHttpHandler(),
});

async function raw(client: BedrockRuntimeClient, modelId: string): Promise<number> {
  let events = 0;
  const { stream = [] } = await client.send(
    new ConverseStreamCommand({ modelId, messages: [{ role: "user", content: [{ text: "hi" }] }] }),
  );
  for await (const _ of stream) events++;
  return events;
}

async function own(model: string): Promise<number> {
  let events = 0;
  for await (const event of converse.stream({ model, messages: [{ role: "user", content: "hi", timestamp: 0 }] })) {
    if ("delta" in event) events++;
    if (event.type === "error") throw new Error(event.error.errorMessage);
  }
  return events;
}

const clients: Readonly<Record<string, (model: string) => Promise<number>>> = {
  clawrock: own,
  "raw SDK, HTTP/2": (model) => raw(rawHttp2, model),
  "raw SDK, HTTP/1.1": (model) => raw(rawHttp1, model),
};

/** Microseconds of CPU per delta. */
async function cost(run: (model: string) => Promise<number>, model: string): Promise<number> {
  const from = process.cpuUsage();
  const events = await run(model);
  const { user, system } = process.cpuUsage(from);
  if (events < DELTAS) throw new Error(`${model} gave ${events} events`);
  return (user + system) / DELTAS;
}

console.log(`CPU per delta, ${ROUNDS} interleaved rounds of ${DELTAS} deltas, Node ${process.versions.node}`);
for (const kind of ["text", "tool", "reasoning"]) {
  const model = `bench.${kind}-${DELTAS}`;
  const costs = new Map(Object.keys(clients).map((name) => [name, [] as number[]]));
  for (let warm = 0; warm < 3; warm++) for (const run of Object.values(clients)) await cost(run, model);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(clients)) costs.get(name)?.push(await cost(run, model));
  }
  const ours = costs.get("clawrock") ?? [];
  for (const [name, values] of costs) {
    const ratio = pairedRatio(ours, values);
    const against =
      name === "clawrock"
        ? ""
        : `clawrock is ${ratio.median.toFixed(2)}x of it (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`;
    const goal = name === "raw SDK, HTTP/2" ? `; goal 0.40x: ${verdict(ratio, 0.4)}` : "";
    console.log(`${kind.padEnd(10)} ${name.padEnd(18)} ${median(values).toFixed(2).padStart(6)} µs  ${against}${goal}`);
  }
}
server.kill();
aws.close();
rawHttp2.destroy();
rawHttp1.destroy();
