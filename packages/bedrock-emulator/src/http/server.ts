import { createServer as createHttp1Server, type IncomingMessage, ServerResponse } from "node:http";
import { createServer as createHttp2Server, createSecureServer, type Http2ServerRequest } from "node:http2";
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ServerCertificate } from "./certificate.ts";
import { http1Reply, http2Reply, type Reply } from "./reply.ts";

export type Handler = (request: IncomingMessage | Http2ServerRequest, reply: Reply) => void;

/** A listening server. */
export interface ListeningServer {
  readonly port: number;
  /** Stops listening and destroys every open socket. */
  close(): Promise<void>;
}

/** The first bytes of an HTTP/2 connection without TLS; no HTTP/1.1 method begins so. */
const http2Preface = "PRI";

/**
 * Listens for HTTP/1.1 and, on the same port, for HTTP/2 without TLS: the runtime clients of some AWS SDKs speak HTTP/2 to any
 * endpoint.
 *
 * @throws the socket's own error when the port is taken.
 */
export async function listen(
  port: number,
  host: string,
  handler: Handler,
  certificate?: ServerCertificate,
): Promise<ListeningServer> {
  if (certificate) return listenSecurely(port, host, handler, certificate);
  const http1 = createHttp1Server({ keepAliveTimeout: 60_000 }, (request, response) =>
    handler(request, http1Reply(response)),
  );
  http1.on("clientError", refuseNoise);
  const http2 = createHttp2Server((request, response) => handler(request, http2Reply(response)));
  // A caller that hangs up in the middle of a stream is no failure of the server.
  http2.on("sessionError", () => undefined);
  const sockets = new Set<Socket>();
  const server = createSocketServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first: Buffer | null = socket.read();
      if (first === null) return;
      socket.unshift(first);
      (first.toString("latin1", 0, 3) === http2Preface ? http2 : http1).emit("connection", socket);
    });
  });
  await begin(server, port, host);
  return { port: portOf(server.address(), port), close: () => close(server, sockets) };
}

/** Over TLS the two versions of HTTP are chosen by ALPN. */
async function listenSecurely(
  port: number,
  host: string,
  handler: Handler,
  { cert, key }: ServerCertificate,
): Promise<ListeningServer> {
  const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) =>
    // Requests over HTTP/1.1 come in the classes of node:http.
    handler(request, response instanceof ServerResponse ? http1Reply(response) : http2Reply(response)),
  );
  server.on("sessionError", () => undefined);
  server.on("clientError", refuseNoise);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await begin(server, port, host);
  return { port: portOf(server.address(), port), close: () => close(server, sockets) };
}

/** What is no HTTP, or too much of it, is refused in the service's shape before there is a request. */
function refuseNoise(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const large = error.code === "HPE_HEADER_OVERFLOW";
  const body = JSON.stringify({ message: large ? "The headers of the request are too large." : "Bad request." });
  socket.end(
    `HTTP/1.1 ${large ? "431 Request Header Fields Too Large" : "400 Bad Request"}\r\ncontent-type: application/json\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function begin(server: Server, port: number, host: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function portOf(address: AddressInfo | string | null, otherwise: number): number {
  return typeof address === "object" && address !== null ? address.port : otherwise;
}

function close(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
