import { Agent } from "node:http";
import { Agent as TlsAgent } from "node:https";
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { createConverse } from "@clawrock/bedrock-converse";
import { NodeHttpHandler } from "@smithy/node-http-handler";

/** A way to stream one answer, reduced to what the benchmarks need of it. */
export interface StreamClient {
  readonly name: string;
  /** Reads one answer to its end and gives the number of its deltas; `onFirst` is called at the first of them. */
  read(model: string, onFirst?: () => void): Promise<number>;
  close(): void;
}

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const region = "us-east-1";

export const OURS = "Clawrock";
export const RAW_HTTP2 = "raw SDK, HTTP/2 (its default)";
export const RAW_HTTP1 = "raw SDK, HTTP/1.1 kept alive";

/** This project's public stream, with all its events. */
export function ours(endpoint: string): StreamClient {
  const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": endpoint } });
  const converse = createConverse({ aws });
  return {
    name: OURS,
    async read(model, onFirst) {
      let deltas = 0;
      for await (const event of converse.stream({ model, messages: [{ role: "user", content: "hi", timestamp: 0 }] })) {
        if ("delta" in event && deltas++ === 0) onFirst?.();
        if (event.type === "error") throw new Error(event.error.errorMessage);
      }
      return deltas;
    },
    close: () => aws.close(),
  };
}

export function rawHttp2(endpoint: string): StreamClient {
  return raw(RAW_HTTP2, new BedrockRuntimeClient({ region, credentials, endpoint }));
}

export function rawHttp1(endpoint: string): StreamClient {
  return raw(RAW_HTTP1, rawHttp1Client(endpoint));
}

/** As many sockets as are wanted: the SDK's own limit of fifty would measure its queue. */
export function rawHttp1Client(endpoint: string): BedrockRuntimeClient {
  const unlimited = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };
  const requestHandler = new NodeHttpHandler({ httpAgent: new Agent(unlimited), httpsAgent: new TlsAgent(unlimited) });
  return new BedrockRuntimeClient({ region, credentials, endpoint, requestHandler });
}

function raw(name: string, client: BedrockRuntimeClient): StreamClient {
  return {
    name,
    async read(modelId, onFirst) {
      let deltas = 0;
      const command = new ConverseStreamCommand({ modelId, messages: [{ role: "user", content: [{ text: "hi" }] }] });
      const { stream = [] } = await client.send(command);
      for await (const event of stream) {
        if (event.contentBlockDelta && deltas++ === 0) onFirst?.();
      }
      return deltas;
    },
    close: () => client.destroy(),
  };
}
