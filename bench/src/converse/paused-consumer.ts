import { setTimeout as wait } from "node:timers/promises";
import { ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { comparedRow } from "../table.ts";
import { RAW_HTTP1, rawHttp1Client } from "./clients.ts";
import { observedBy, type Ports } from "./stub.ts";

const MODEL = "bench.endless-1";
const PAUSE_MS = 400;

/** What a server can write to a reader who takes one event and then pauses: the kernel's buffers, and what the client adds. */
export async function pausedConsumer(ports: Ports, rounds: number): Promise<string[]> {
  const endpoint = `http://127.0.0.1:${ports.http1}`;
  const aws = awsSession({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    endpoints: { "bedrock-runtime": endpoint },
  });
  const converse = createConverse({ aws });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for await (const _ of converse.stream({
      model: MODEL,
      messages: [{ role: "user", content: "hi", timestamp: 0 }],
    })) {
      ours.push(await acceptedMb(ports));
      break;
    }
    // `break` leaves the raw SDK's socket open, and so does an abort while events wait: a client for each, destroyed.
    const client = rawHttp1Client(endpoint);
    const messages = [{ role: "user" as const, content: [{ text: "hi" }] }];
    const { stream = [] } = await client.send(new ConverseStreamCommand({ modelId: MODEL, messages }));
    for await (const _ of stream) {
      theirs.push(await acceptedMb(ports));
      client.destroy();
      break;
    }
  }
  aws.close();
  return [
    comparedRow({
      what: "bytes taken from the server by a paused reader",
      unit: "MB",
      ours,
      theirs,
      against: RAW_HTTP1,
      goal: 1.1,
    }),
  ];
}

async function acceptedMb(ports: Ports): Promise<number> {
  await wait(PAUSE_MS);
  return (await observedBy(ports)).endlessBytes / 1e6;
}
