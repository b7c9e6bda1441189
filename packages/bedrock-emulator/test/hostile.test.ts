import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { novaMicro } from "./clients.ts";
import { sonnet46 } from "./refused-case.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** What comes back for bytes until the server closes, or says nothing for a while. */
function raw(bytes: string | Buffer, hangUp = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(emulator.url).port), "127.0.0.1");
    let said = "";
    socket.setTimeout(300, () => socket.destroy());
    socket.on("data", (data) => {
      said += data.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(said));
    socket.write(bytes);
    if (hangUp) socket.end();
  });
}

const post = async (path: string, body: string, headers: Readonly<Record<string, string>> = {}) => {
  const answer = await fetch(`${emulator.url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.bearerToken}`, ...headers },
    body,
  });
  return { status: answer.status, body: await answer.text() };
};
const hello = JSON.stringify({ messages: [{ role: "user", content: [{ text: "Hello" }] }] });
const stillThere = async () => expect((await post(`/model/${novaMicro}/converse`, hello)).status).toBe(200);

describe("what is no proper HTTP", () => {
  it.each([
    ["noise", "\x00\x01 noise\r\n\r\n", /^HTTP\/1\.1 400 .*\{"message":"Bad request\."\}$/s],
    ["a TLS greeting", Buffer.from("16030100200100", "hex"), /^HTTP\/1\.1 400 /],
    [
      "headers without end",
      `GET / HTTP/1.1\r\nhost: x\r\nx: ${"a".repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 .*too large/s,
    ],
    ["a chunk of no length", "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n", /400 /],
    ["a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n", /^$/],
    ["an odd method", "TRACE / HTTP/1.1\r\nhost: x\r\n\r\n", /^HTTP\/1\.1 403 .*MissingAuthenticationToken/s],
    ["HTTP/2 noise", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x05\xff\xff\xff\xff\xff\xffzzzzz", /(?:)/],
    ["one byte", "P", /^$/],
  ])("%s is refused or closed, and the next caller is served", async (_, bytes, answer) => {
    expect(await raw(bytes)).toMatch(answer);
    await stillThere();
  });

  it("a websocket gets a plain answer", async () => {
    const upgrade = "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13";
    expect(await raw(`GET /foundation-models HTTP/1.1\r\nhost: x\r\n${upgrade}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("a caller that hangs up in the middle of a body is forgotten", async () => {
    const before = emulator.requests.length;
    await raw(`POST /model/x/converse HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"mess`, true);
    expect(emulator.requests).toHaveLength(before);
    await stillThere();
  });

  it("HTTP/2 streams that are reset leave no request open", async () => {
    const session = connectHttp2(emulator.url);
    const path = `/model/${encodeURIComponent(novaMicro)}/converse-stream`;
    for (let count = 0; count < 60; count++) {
      const stream = session.request({
        ":method": "POST",
        ":path": path,
        authorization: `Bearer ${emulator.bearerToken}`,
      });
      stream.on("error", () => undefined);
      if (count % 3 === 0) stream.write('{"messages":');
      else stream.end(hello);
      if (count % 3 < 2) stream.close(constants.NGHTTP2_CANCEL);
      else stream.once("response", () => stream.close(constants.NGHTTP2_CANCEL));
    }
    await delay(200);
    session.destroy();
    await expect.poll(() => emulator.requests.filter((request) => request.durationMs === undefined)).toEqual([]);
    await stillThere();
  });
});

describe("bodies that are odd", () => {
  const nested = (levels: number, open: string, close: string) => `${open.repeat(levels)}1${close.repeat(levels)}`;

  it("are refused as no JSON when they are nested without end", async () => {
    const schema = nested(20_000, '{"type":"array","items":', "}");
    const withSchema = (text: string) =>
      `{"messages":[{"role":"user","content":[{"text":"x"}]}],"outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"schema":${text}}}}}}`;
    for (const body of [`{"messages":${nested(100_000, "[", "]")}}`, `{"additionalModelRequestFields":${schema}}`]) {
      expect(await post(`/model/${novaMicro}/converse`, body)).toEqual({
        status: 400,
        body: '{"message":"The request body could not be parsed as a JSON object."}',
      });
    }
    expect((await post(`/model/${sonnet46}/converse`, withSchema(JSON.stringify(schema)))).status).toBeLessThan(500);
  });

  it("may have members that are names of JavaScript's own", async () => {
    const odd =
      '{"messages":[{"role":"user","content":[{"text":"x","constructor":{},"__proto__":{"a":1}}]}],"toString":1}';
    expect((await post(`/model/${novaMicro}/converse`, odd)).status).toBe(200);
    expect(await post("/model/constructor/converse", hello)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/identifier is invalid/),
    });
    const fault = { "x-emulator-fault": "constructor" };
    expect(await post(`/model/${novaMicro}/converse`, hello, fault)).toMatchObject({ status: 400 });
  });

  it.each([
    "latency=-5",
    "latency=5=6",
    "latency=9999999999",
    "latency=1e9",
    "cut=x",
    "exception=nothing",
    "exception=throttle@x",
    `x${"y".repeat(900)}`,
  ])("a fault that is none is refused in one line: %s", async (fault) => {
    const { status, body } = await post(`/model/${novaMicro}/converse`, hello, { "x-emulator-fault": fault });
    expect(status).toBe(400);
    expect(body).toMatch(/^\{"message":"the fault '.{1,70}' is not known\. Use latency=ms/);
    expect(body.length).toBeLessThan(500);
  });
});
