// A process of its own that answers every request with a script, over HTTP/1.1, cleartext HTTP/2 and TLS (both). The path's
// model id names it: bench.text-5000, bench.tool-5000, bench.reasoning-5000; bench.separate-5000 is text with a write for each frame;
// bench.endless-1 never ends. `GET /observed` on the HTTP/1.1 port tells what the server saw.
import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttp2, createSecureServer } from "node:http2";
import type { AddressInfo, Server } from "node:net";
import { scripts } from "./scripts.ts";
import type { Observed, Ports } from "./stub.ts";

/** HTTP/2's compatible request and response, seen as HTTP/1.1's: what is used of them here is the same. */
type Received = Pick<IncomingMessage, "url" | "resume" | "once">;
type Response = Pick<ServerResponse, "writeHead" | "write" | "end" | "once" | "destroyed">;

const WRITE_BYTES = 16 * 1024;
const ENDLESS_BYTES = 512 * 1024 * 1024;
const HEADERS = { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "bench" };
const bodies = new Map<string, readonly Uint8Array[]>();
const observed: Observed = { tlsConnections: 0, endlessBytes: 0, endlessClosedAtNs: "0" };

function bodyOf(model: string): readonly Uint8Array[] {
  const known = bodies.get(model);
  if (known) return known;
  const [, kind = "text", deltas = "1000"] = /^(?:[a-z]+\.)?(\w+)-(\d+)$/u.exec(model) ?? [];
  const script = scripts[kind === "separate" ? "text" : kind];
  const frames = script?.(Number(deltas)).frames ?? [];
  const all = Buffer.concat([...frames]);
  const pieces = Array.from({ length: Math.ceil(all.length / WRITE_BYTES) }, (_, n) =>
    all.subarray(n * WRITE_BYTES, (n + 1) * WRITE_BYTES),
  );
  const body = kind === "separate" ? frames : pieces;
  bodies.set(model, body);
  return body;
}

function answer(request: Received, response: Response): void {
  const path = request.url ?? "";
  request.resume();
  request.once("end", () => {
    if (path === "/observed") {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(observed));
      return;
    }
    const model = decodeURIComponent(path.split("/")[2] ?? "");
    response.writeHead(200, HEADERS);
    if (model.includes("endless")) endless(response);
    else if (model.includes("separate")) void separately(response, bodyOf(model));
    else {
      for (const piece of bodyOf(model)) response.write(piece);
      response.end();
    }
  });
}

/** One write per frame, and a turn of the event loop after each, so that each travels alone. */
async function separately(response: Response, frames: readonly Uint8Array[]): Promise<void> {
  for (const frame of frames) {
    response.write(frame);
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end();
}

/** Writes as fast as the other side takes it, and counts what the kernel accepted. */
function endless(response: Response): void {
  const [piece = new Uint8Array()] = bodyOf("bench.text-5000");
  observed.endlessBytes = 0;
  observed.endlessClosedAtNs = "0";
  response.once("close", () => {
    observed.endlessClosedAtNs = String(process.hrtime.bigint());
  });
  const more = (): void => {
    if (response.destroyed || observed.endlessBytes > ENDLESS_BYTES) return;
    response.write(piece, (error) => {
      if (error) return;
      observed.endlessBytes += piece.length;
      setImmediate(more);
    });
  };
  more();
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));

const [cert = "", key = ""] = process.argv.slice(2);
const tls = createSecureServer({ cert, key, allowHTTP1: true }, answer as never);
tls.on("secureConnection", () => {
  observed.tlsConnections += 1;
});
const ports: Ports = {
  http1: await listen(createHttp1(answer)),
  http2: await listen(createHttp2(answer as never) as unknown as Server),
  tls: await listen(tls as unknown as Server),
};
process.send?.(ports);
process.once("disconnect", () => process.exit());
