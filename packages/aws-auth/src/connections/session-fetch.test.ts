import { once } from "node:events";
import { writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv } from "../../test/clean-environment.ts";
import { localServer } from "../../test/local-server.ts";
import { selfSigned } from "../../test/self-signed.ts";
import { http2Server, proxyServer, tlsServer } from "../../test/tls-server.ts";
import { awsSession } from "../session.ts";
import type { AwsSession, AwsSessionOptions } from "../types.ts";

cleanEnvironment();

const HOST = "bedrock-mantle.us-east-1.api.aws";
const CERTIFICATE = selfSigned([HOST]);

const opened: { close(): unknown }[] = [];
const open = <T extends { close(): unknown }>(it: T): T => {
  opened.push(it);
  return it;
};
beforeEach(() => {
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    setEnv({ [name]: "", [name.toLowerCase()]: "" });
  }
});
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const session = (options: AwsSessionOptions = {}): AwsSession => open(awsSession({ bearerToken: "t", ...options }));

function trust(): void {
  const path = join(process.env["HOME"] ?? "", "company.pem");
  writeFileSync(path, CERTIFICATE.cert);
  setEnv({ AWS_CA_BUNDLE: path });
}

const ok = (_request: unknown, response: ServerResponse): void => {
  response.end('{"data":[]}');
};

/** Says one thing and then nothing; tells when its connection is closed. */
async function talking(): Promise<{ readonly url: string; readonly closed: Promise<void> }> {
  const closed = Promise.withResolvers<void>();
  const server = open(
    await localServer((_request, response) => {
      response.on("close", () => closed.resolve());
      response.writeHead(200).write("first");
    }),
  );
  return { url: server.url, closed: closed.promise };
}

describe("the way there", () => {
  it("is through the proxy of HTTPS_PROXY to a host whose authority AWS_CA_BUNDLE names, on one tunnel", async () => {
    const server = open(await tlsServer(CERTIFICATE, ok));
    const proxy = open(await proxyServer({ ports: { [`${HOST}:443`]: server.port } }));
    trust();
    setEnv({ HTTPS_PROXY: proxy.url });
    const { fetch } = session();
    for (let call = 0; call < 5; call++) {
      expect(await (await fetch(`https://${HOST}/v1/models`)).json()).toEqual({ data: [] });
    }
    expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`]);
    expect(server.connections()).toBe(1);
  });

  it("does not end at an authority that nobody knows", async () => {
    const server = open(await tlsServer(CERTIFICATE, ok));
    await expect(session().fetch(server.url)).rejects.toMatchObject({
      message: "fetch failed",
      cause: { message: expect.stringMatching(/self-signed/u) },
    });
  });

  it("leaves out hosts of NO_PROXY", async () => {
    const proxy = open(await proxyServer({ ports: {} }));
    const server = open(await localServer(ok));
    setEnv({ HTTP_PROXY: proxy.url });
    const { fetch } = session();
    await (await fetch(`${server.url}/a?b=c`)).text();
    expect(proxy.asked).toEqual([`GET ${server.url}/a?b=c`]);
    setEnv({ NO_PROXY: "127.0.0.1" });
    await (await fetch(`${server.url}/a?b=c`)).text();
    expect(server.seen.map(({ url }) => url)).toEqual(["/a?b=c"]);
  });

  it("names a proxy that wants a password", async () => {
    const proxy = open(await proxyServer({ ports: {}, password: "pr0xy-pass" }));
    setEnv({ HTTPS_PROXY: proxy.url });
    await expect(session().fetch(`https://${HOST}/`)).rejects.toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("(407)"),
    });
  });

  it("is HTTP/2 where the session chose it", async () => {
    const server = open(await http2Server(CERTIFICATE, '{"data":[]}'));
    trust();
    const response = await session({ connections: { http2: true } }).fetch(server.url, { method: "POST", body: "{}" });
    expect([response.status, await response.json()]).toEqual([200, { data: [] }]);
  });

  it("ends after the session's first-byte timeout", async () => {
    const server = open(await localServer(() => {}));
    await expect(session({ connections: { firstByteTimeoutMs: 200 } }).fetch(server.url)).rejects.toMatchObject({
      cause: { name: "TimeoutError" },
    });
  });
});

describe("what is sent and answered", () => {
  it("is method, headers and body as given, in every form of fetch", async () => {
    const bodies: string[] = [];
    const server = open(
      await localServer(async (request, response) => {
        let body = "";
        for await (const chunk of request) body += chunk;
        bodies.push(`${request.method} ${request.headers["content-type"]} ${request.headers["x-a"]} ${body}`);
        response.writeHead(201, { "x-b": "2" }).end("é");
      }),
    );
    const { fetch } = session();
    const init = { method: "POST", headers: { "content-type": "text/a", "x-a": "1" }, body: "ü" };
    for (const response of [await fetch(new URL(server.url), init), await fetch(new Request(server.url, init))]) {
      expect([response.status, response.headers.get("x-b"), await response.text()]).toEqual([201, "2", "é"]);
    }
    expect(bodies).toEqual(["POST text/a 1 ü", "POST text/a 1 ü"]);
  });

  it("may have no body", async () => {
    const server = open(await localServer((_request, response) => void response.writeHead(204).end()));
    expect((await session().fetch(server.url)).body).toBeNull();
  });

  it("never follows a redirect, whatever is asked", async () => {
    const server = open(
      await localServer((_request, response) => void response.writeHead(307, { location: "/elsewhere" }).end()),
    );
    const init = { headers: { authorization: "Bearer secret" }, redirect: "follow" as const };
    expect((await session().fetch(server.url, init)).status).toBe(307);
    expect(server.seen).toHaveLength(1);
  });

  it("arrives as it is sent", async () => {
    const { url, closed } = await talking();
    const response = await session().fetch(url);
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first");
    await reader?.cancel();
    await closed;
  });

  it("is cut by an abort in the middle, which closes the connection", async () => {
    const { url, closed } = await talking();
    const controller = new AbortController();
    const response = await session().fetch(url, { signal: controller.signal });
    const text = response.text();
    await sleep(20);
    controller.abort();
    await expect(text).rejects.toMatchObject({ name: "AbortError" });
    await closed;
  });

  it("is cut by an abort while nobody reads", async () => {
    const { url, closed } = await talking();
    const controller = new AbortController();
    const response = await session().fetch(url, { signal: controller.signal });
    await response.body?.getReader().read();
    controller.abort(new Error("enough"));
    await closed;
  });

  it("is not waited for after an abort", async () => {
    const server = open(await localServer(() => {}));
    const reason = new Error("enough");
    await expect(session().fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const asking = session().fetch(server.url, { signal: controller.signal });
    await expect.poll(() => server.seen.length).toBe(1);
    controller.abort(reason);
    await expect(asking).rejects.toBe(reason);
  });

  it("that breaks off is an error, not an end", async () => {
    const server = open(
      await localServer(async (request, response) => {
        response.writeHead(200).write("first");
        await sleep(20);
        request.socket.destroy();
        await once(request.socket, "close");
      }),
    );
    await expect((await session().fetch(server.url)).text()).rejects.toThrow(new TypeError("terminated"));
  });
});
