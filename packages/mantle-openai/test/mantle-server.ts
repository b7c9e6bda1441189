import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { awsSession } from "@clawrock/aws-auth";
import { createMantle, type Mantle, type MantleOptions } from "../src/index.ts";

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

type Answer = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server on a free port that answers each request with the next answer; the last one stays. */
export async function mantleServer(...answers: Answer[]): Promise<{
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Settles when the connection of the latest request is closed. */
  readonly disconnected: () => Promise<void>;
  readonly mantle: (options?: Partial<MantleOptions> & { readonly bearerToken?: string }) => Mantle;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const requests: ReceivedRequest[] = [];
  let closed = Promise.withResolvers<void>();
  const server = createServer((incoming, response) => {
    const current = Promise.withResolvers<void>();
    closed = current;
    response.on("close", () => current.resolve());
    void received(incoming).then((request) => {
      requests.push(request);
      answers[Math.min(requests.length, answers.length) - 1]?.(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    requests,
    disconnected: () => closed.promise,
    mantle: ({ bearerToken = "bedrock-api-key-of-a-test", ...options } = {}) =>
      createMantle({
        aws: awsSession({
          region: "us-east-1",
          bearerToken,
          env: {},
          endpoints: { "bedrock-mantle": url, "bedrock-runtime": url },
        }),
        maxRetries: 0,
        cache: false,
        ...options,
      }),
    [Symbol.asyncDispose]: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function received(incoming: IncomingMessage): Promise<ReceivedRequest> {
  let body = "";
  for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
  const { method = "", url: path = "", headers } = incoming;
  return { method, path, headers, body: body === "" ? undefined : JSON.parse(body) };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** A streamed answer: objects become `data:` lines, texts are written as they are. */
export function sse(...frames: (object | string)[]): Answer {
  return (response) => {
    response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req-1" });
    for (const frame of frames)
      response.write(typeof frame === "string" ? frame : `data: ${JSON.stringify(frame)}\n\n`);
    response.end();
  };
}

/** A chunk of a chat completion. */
export function chunk(delta: object, finishReason: string | null = null, more: object = {}): object {
  return {
    id: "chatcmpl-0123456789abcdef",
    object: "chat.completion.chunk",
    choices: [{ index: 0, delta, finish_reason: finishReason }],
    ...more,
  };
}

/** The chunk with the usage of an answer. */
export const usage: object = {
  id: "chatcmpl-0123456789abcdef",
  object: "chat.completion.chunk",
  choices: [],
  usage: { prompt_tokens: 30, completion_tokens: 7, total_tokens: 37, prompt_tokens_details: { cached_tokens: 10 } },
};

/** The frame that ends a stream. */
export const end = "data: [DONE]\n\n";

/** A URL on this machine at which nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = await mantleServer(() => undefined);
  await server[Symbol.asyncDispose]();
  return server.url;
}
