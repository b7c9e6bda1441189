import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";

/** How to answer the next request. */
export type Answer = (
  request: IncomingMessage & { readonly bodyText: string },
  response: ServerResponse,
) => void | Promise<void>;

export interface ReplayServer {
  readonly aws: AwsSession;
  readonly port: number;
  answer: Answer;
  /** Sockets open now. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

/** A plain HTTP server on a free port, and a session that points at it. */
export async function startReplayServer(answer: Answer): Promise<ReplayServer> {
  const replay = { answer };
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on("data", (chunk: Buffer) => body.push(chunk));
    request.once("end", () => {
      const received = Object.assign(request, { bodyText: Buffer.concat(body).toString("utf8") });
      void Promise.resolve(replay.answer(received, response)).catch(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const aws = awsSession({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    endpoints: { "bedrock-runtime": `http://127.0.0.1:${port}` },
  });
  return Object.assign(replay, {
    aws,
    port,
    connections: () =>
      new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      ),
    close: async () => {
      aws.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Answers with an event stream in the given pieces, each in a write of its own. */
export function streamed(pieces: readonly Uint8Array[], end: "end" | "cut" | "open" = "end"): Answer {
  return async (_request, response) => {
    response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "request-1" });
    for (const piece of pieces) {
      response.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === "end") response.end();
    else if (end === "cut") response.destroy();
  };
}

/** Cuts bytes at the given places, or into pieces of one size. */
export function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
