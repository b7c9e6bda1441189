import type { ServerResponse } from "node:http";
import { crc32 } from "node:zlib";

/** Begins a ConverseStream answer with its first event, and leaves it open, as a model that thinks does. */
export function holdStream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" });
  response.write(
    frame(
      { ":message-type": "event", ":event-type": "messageStart", ":content-type": "application/json" },
      '{"role":"assistant"}',
    ),
  );
}

/** One message of `application/vnd.amazon.eventstream`. */
function frame(headers: Readonly<Record<string, string>>, body: string): Buffer {
  const head = Buffer.concat(
    Object.entries(headers).map(([name, value]) => {
      const size = Buffer.from([7, value.length >> 8, value.length & 255]);
      return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), size, Buffer.from(value)]);
    }),
  );
  const prelude = Buffer.alloc(8);
  prelude.writeUInt32BE(16 + head.length + body.length, 0);
  prelude.writeUInt32BE(head.length, 4);
  const start = Buffer.concat([prelude, checksum(prelude), head, Buffer.from(body)]);
  return Buffer.concat([start, checksum(start)]);
}

function checksum(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum;
}
