// 1,000 texts for each family of embeddings, at 50 ms a call and eight calls at a time, from a server in a process of its own:
// how long it takes against the arithmetic floor and against the bare SDK that sends the same calls and reads the same answers
// (interleaved), and what memory a long stream of texts holds.
import { fork } from "node:child_process";
import { join } from "node:path";
import { BedrockRuntimeClient, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { createEmbedder } from "@clawrock/bedrock-embeddings";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { median, pairedRatio } from "./statistics.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 5);
const TEXTS = 1000;
const LATENCY_MS = 50;
const CONCURRENCY = 8;
const GOAL = 1.15;

const MODELS: readonly (readonly [model: string, dimensions?: number])[] = [
  ["amazon.titan-embed-text-v2:0"],
  ["amazon.titan-embed-text-v1"],
  ["amazon.titan-embed-image-v1"],
  ["amazon.nova-2-multimodal-embeddings-v1:0"],
  ["cohere.embed-english-v3"],
  ["cohere.embed-v4:0"],
  ["cohere.embed-v4:0", 256],
  ["us.twelvelabs.marengo-embed-2-7-v1:0"],
  ["twelvelabs.marengo-embed-3-0-v1:0"],
];

const server = fork(join(import.meta.dirname, "embeddings-server.ts"), { execArgv: process.execArgv });
const port = await new Promise<number>((resolve) => server.once("message", (message) => resolve(Number(message))));
const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const url = `http://127.0.0.1:${port}`;
const aws = awsSession({ region: "us-east-1", credentials, endpoints: { "bedrock-runtime": url } });
const texts = Array.from({ length: TEXTS }, (_, n) => `Text ${n} tells of whales, bread and trains, as many texts do.`);

const bare = new BedrockRuntimeClient({
  region: "us-east-1",
  credentials,
  endpoint: url,
  requestHandler: new NodeHttpHandler(),
});

/** The same calls by the SDK alone: eight loops, answers parsed, their figures as 32-bit floats. */
async function bareCalls(modelId: string, size: number, dimensions: number | undefined): Promise<void> {
  let next = 0;
  const loop = async (): Promise<void> => {
    while (next < TEXTS) {
      const batch = texts.slice(next, next + size);
      next += size;
      const body = JSON.stringify(
        size > 1
          ? { texts: batch, input_type: "search_document", output_dimension: dimensions }
          : { inputText: batch[0] },
      );
      const answer = await bare.send(new InvokeModelCommand({ modelId, body, contentType: "application/json" }));
      for (const row of rowsOf(JSON.parse(new TextDecoder().decode(answer.body)))) new Float32Array(row);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, loop));
}

function rowsOf(value: unknown): number[][] {
  if (Array.isArray(value) && typeof value[0] === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(rowsOf) : [];
}

async function timed(work: () => Promise<unknown>): Promise<{ ms: number; cpu: number }> {
  const used = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { ms: performance.now() - began, cpu: (user + system) / 1000 };
}

const figure = ({ median: middle, low, high }: { median: number; low: number; high: number }): string =>
  `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;

console.log(
  `${TEXTS} texts, ${LATENCY_MS} ms a call, ${CONCURRENCY} at a time, ${ROUNDS} rounds, Node ${process.versions.node}`,
);
for (const [model, dimensions] of MODELS) {
  const embedder = createEmbedder({ aws, model, dimensions, concurrency: CONCURRENCY });
  const size = model.includes("cohere") ? 96 : 1;
  const floor = Math.ceil(Math.ceil(TEXTS / size) / CONCURRENCY) * LATENCY_MS;
  const ours: { ms: number; cpu: number }[] = [];
  const theirs: { ms: number; cpu: number }[] = [];
  await embedder.embed(["warm"], { purpose: "document" });
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await timed(() => embedder.embed(texts, { purpose: "document" })));
    theirs.push(await timed(() => bareCalls(model, size, dimensions)));
  }
  const own = median(ours.map(({ ms }) => ms / floor));
  const of = (key: "ms" | "cpu") =>
    figure(
      pairedRatio(
        ours.map((one) => one[key]),
        theirs.map((one) => one[key]),
      ),
    );
  console.log(
    `${`${model}${dimensions ? ` at ${dimensions}` : ""}`.padEnd(41)} floor ${String(floor).padStart(4)} ms: ${own.toFixed(2)}x, bare SDK ` +
      `${median(theirs.map(({ ms }) => ms / floor)).toFixed(2)}x; goal ≤ ${GOAL}x: ${own <= GOAL ? "met" : "missed"}; ` +
      `of the bare SDK: time ${of("ms")}, CPU ${of("cpu")}`,
  );
}

// Vectors are taken and dropped, as an index that writes them does.
const embedder = createEmbedder({ aws, model: "cohere.embed-v4:0", concurrency: CONCURRENCY });
async function* many(count: number) {
  for (let n = 0; n < count; n++) yield `Text ${n} of very many`;
}
const heaps: number[] = [];
let taken = 0;
for await (const _ of embedder.embedEach(many(60_000), { purpose: "document" })) {
  if (++taken % 20_000 !== 0) continue;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  heaps.push((heapUsed + arrayBuffers) / 1e6);
}
console.log(
  `embedEach, 60,000 texts of 1,536 dimensions (369 MB of vectors): ${heaps.map((heap) => `${heap.toFixed(0)} MB`).join(", ")} ` +
    `held after each third${globalThis.gc ? "" : " (run node with --expose-gc for exact figures)"}`,
);
aws.close();
bare.destroy();
server.kill();
