import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  /** Tells connections apart. */
  readonly port: number | undefined;
}

export interface LocalServer {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

export async function localServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<LocalServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { method = "", url = "", headers, socket } = request;
    seen.push({ method, url, authorization: headers.authorization, port: socket.remotePort });
    response.setHeader("content-type", "application/json");
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a Bedrock control plane without models answers. */
export const noModels = (_request: IncomingMessage, response: ServerResponse): void => {
  response.end('{"modelSummaries":[]}');
};
