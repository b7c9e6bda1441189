import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import type { SelfSigned } from "./self-signed.ts";

export interface TlsServer {
  readonly url: string;
  readonly port: number;
  /** Connections so far. */
  connections(): number;
  close(): Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTPS server; it counts its connections. */
export async function tlsServer(certificate: SelfSigned, answer: Answer): Promise<TlsServer> {
  return serve(createHttps({ ...certificate }, withJson(answer)), "secureConnection");
}

/** An HTTP/2 server over TLS; it counts its connections. */
export async function http2Server(certificate: SelfSigned, body: string): Promise<TlsServer> {
  const server = createSecureServer({ ...certificate });
  server.on("stream", (stream) => {
    stream.respond({ ":status": 200, "content-type": "application/json" });
    stream.end(body);
  });
  return serve(server, "secureConnection");
}

export interface ProxyServer extends TlsServer {
  /** What was asked for: `CONNECT host:443`, `GET http://host/path`. */
  readonly asked: readonly string[];
}

export interface ProxyOptions {
  /** Where a host of the world stands in this test: its port on the loopback. */
  readonly ports: Readonly<Record<string, number>>;
  /** Asked for, if set. */
  readonly password?: string;
  /** Accepts connections and never says a word. */
  readonly silent?: boolean;
}

/** A forward proxy with CONNECT. */
export async function proxyServer({ ports, password, silent }: ProxyOptions): Promise<ProxyServer> {
  const asked: string[] = [];
  const refuses = ({ headers }: IncomingMessage): boolean =>
    password !== undefined && headers["proxy-authorization"] !== `Basic ${btoa(`user:${password}`)}`;
  const server = createHttp((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.setHeader("content-type", "application/json");
    response.writeHead(refuses(request) ? 407 : 200).end('{"modelSummaries":[]}');
  });
  server.on("connect", (request: IncomingMessage, socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (silent) return;
    if (refuses(request))
      return void socket.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    const target = connect(ports[request.url ?? ""] ?? 0, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    socket.on("error", () => target.destroy());
    target.on("error", () => socket.destroy());
  });
  return { ...(await serve(server, "connection")), asked };
}

function withJson(answer: Answer): Answer {
  return (request, response) => {
    response.setHeader("content-type", "application/json");
    answer(request, response);
  };
}

async function serve(server: Server, event: string): Promise<TlsServer> {
  let count = 0;
  const sockets = new Set<{ destroy(): void }>();
  server.on(event, () => {
    count += 1;
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${event === "connection" ? "http" : "https"}://127.0.0.1:${port}`,
    port,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
