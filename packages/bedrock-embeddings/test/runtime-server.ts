import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";

export interface ReceivedInvoke {
  readonly modelId: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RuntimeServer {
  readonly url: string;
  readonly aws: AwsSession;
  readonly requests: ReceivedInvoke[];
  /** The most requests that were open at once. */
  readonly mostAtOnce: () => number;
  readonly open: () => number;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A server on a free port that takes InvokeModel and answers as told. */
export async function runtimeServer(
  answer: (request: ReceivedInvoke, response: ServerResponse) => void,
): Promise<RuntimeServer> {
  const requests: ReceivedInvoke[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((incoming, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on("close", () => {
      open -= 1;
    });
    void received(incoming).then((request) => {
      requests.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const aws = awsSession({
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret" },
    endpoints: { "bedrock-runtime": url },
    env: { AWS_REGION: "us-east-1" },
  });
  return {
    url,
    aws,
    requests,
    mostAtOnce: () => most,
    open: () => open,
    [Symbol.asyncDispose]: async () => {
      aws.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedInvoke> {
  let body = "";
  for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
  const [, modelId = ""] = /^\/model\/(.+)\/invoke$/u.exec(incoming.url ?? "") ?? [];
  return { modelId: decodeURIComponent(modelId), headers: incoming.headers, body: JSON.parse(body) };
}

/** Sends a JSON body. */
export function send(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** A vector that tells which text it is for. */
export function vectorOf(text: unknown, dimensions: number): number[] {
  return Array.from({ length: dimensions }, (_, index) => (index === 0 ? String(text).length : index === 1 ? 3 : 0));
}
