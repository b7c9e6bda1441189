import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { buildRequest, createConverse, readModel } from "@clawrock/bedrock-converse";
import type { Message } from "@clawrock/conversation";
import { comparedRow } from "../table.ts";
import { OURS, RAW_HTTP1, rawHttp1Client, type StreamClient } from "./clients.ts";
import { cpuMs, interleaved } from "./measure.ts";
import type { Ports } from "./stub.ts";

const MESSAGES = 401;
const WORDS = "A river carries water from the hills to the sea, and much else besides. ".repeat(118);
const MODEL = "bench.text-20";
const usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, totalTokens: 0, cost: zero() };
const tools = [{ name: "look_up", description: "Looks a word up.", parameters: { type: "object", properties: {} } }];

/** CPU of a request with a long history: ours builds and repairs it, the raw SDK is given the finished one. */
export async function longRequest(ports: Ports, rounds: number): Promise<string[]> {
  const endpoint = `http://127.0.0.1:${ports.http1}`;
  const messages = history();
  const aws = awsSession({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    endpoints: { "bedrock-runtime": endpoint },
  });
  const converse = createConverse({ aws });
  const client = rawHttp1Client(endpoint);
  const { input } = buildRequest({ model: MODEL, messages, tools }, readModel(MODEL));
  const clients: StreamClient[] = [
    {
      name: OURS,
      async read() {
        let deltas = 0;
        for await (const event of converse.stream({ model: MODEL, messages, tools })) {
          if ("delta" in event) deltas++;
          if (event.type === "error") throw new Error(event.error.errorMessage);
        }
        return deltas;
      },
      close: () => aws.close(),
    },
    {
      name: RAW_HTTP1,
      async read() {
        let deltas = 0;
        const { stream = [] } = await client.send(new ConverseStreamCommand(input));
        for await (const event of stream) if (event.contentBlockDelta) deltas++;
        return deltas;
      },
      close: () => client.destroy(),
    },
  ];
  const figures = await interleaved(clients, rounds, (each) => cpuMs(() => each.read(MODEL)));
  const bytes = Buffer.byteLength(JSON.stringify(input)) / 1e6;
  for (const each of clients) each.close();
  const pair = { ours: figures.get(OURS) ?? [], theirs: figures.get(RAW_HTTP1) ?? [], against: RAW_HTTP1 };
  return [
    comparedRow({
      what: `CPU of a request of ${MESSAGES} messages, ${bytes.toFixed(1)} MB`,
      unit: "ms",
      ...pair,
      goal: 1.1,
    }),
  ];
}

/** Questions, tool calls with their results, and answers. */
function history(): Message[] {
  const messages: Message[] = [];
  const said = {
    role: "assistant" as const,
    api: "bedrock-converse-stream",
    provider: "amazon-bedrock",
    model: MODEL,
    usage,
    timestamp: 0,
  };
  for (let n = 0; messages.length < MESSAGES - 1; n++) {
    const id = `tooluse_${n}`;
    messages.push(
      { role: "user", content: `${n}. ${WORDS}`, timestamp: 0 },
      {
        ...said,
        stopReason: "toolUse",
        content: [
          { type: "text", text: WORDS },
          {
            type: "toolCall",
            id,
            name: "look_up",
            arguments: { word: `river ${n}`, depth: { first: 1, second: [1, 2, 3] } },
          },
        ],
      },
      {
        role: "toolResult",
        toolCallId: id,
        toolName: "look_up",
        content: [{ type: "text", text: WORDS }],
        isError: false,
        timestamp: 0,
      },
      { ...said, stopReason: "stop", content: [{ type: "text", text: WORDS }] },
    );
  }
  messages.push({ role: "user", content: "And now?", timestamp: 0 });
  return messages;
}

function zero(): { input: number; output: number; cacheRead: number; cacheWrite: number; total: number } {
  return { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, total: 0 };
}
