// A process of its own that answers every request with a script, over HTTP/1.1 and cleartext HTTP/2. The path's model id
// names it: text-5000, tool-5000, reasoning-5000.
import { createServer as createHttp1 } from "node:http";
import { createServer as createHttp2 } from "node:http2";
import type { AddressInfo } from "node:net";
import { scripts } from "./scripts.ts";

const WRITE_BYTES = 16 * 1024;
const bodies = new Map<string, Buffer[]>();

function bodyOf(path: string): Buffer[] {
  const model = decodeURIComponent(path.split("/")[2] ?? "");
  const known = bodies.get(model);
  if (known) return known;
  const [, kind = "text", deltas = "1000"] = /^(?:[a-z]+\.)?(\w+)-(\d+)$/u.exec(model) ?? [];
  const all = Buffer.concat([...(scripts[kind]?.(Number(deltas)).frames ?? [])]);
  const pieces = Array.from({ length: Math.ceil(all.length / WRITE_BYTES) }, (_, n) =>
    all.subarray(n * WRITE_BYTES, (n + 1) * WRITE_BYTES),
  );
  bodies.set(model, pieces);
  return pieces;
}

const headers = { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "bench" };
const http1 = createHttp1((request, response) => {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, headers);
    for (const piece of bodyOf(request.url ?? "")) response.write(piece);
    response.end();
  });
});
const http2 = createHttp2((request, response) => {
  request.resume();
  request.once("end", () => {
    response.writeHead(200, headers);
    for (const piece of bodyOf(request.url ?? "")) response.write(piece);
    response.end();
  });
});
http1.listen(0, "127.0.0.1", () => {
  http2.listen(0, "127.0.0.1", () => {
    process.send?.({ http1: (http1.address() as AddressInfo).port, http2: (http2.address() as AddressInfo).port });
  });
});
