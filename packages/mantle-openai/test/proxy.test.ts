import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createMantle } from "../src/index.ts";

const ends: (() => unknown)[] = [];
beforeEach(() => {
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toLowerCase(), "");
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends.splice(0).reverse()) await end();
});

/** A forward proxy; what was asked of it, and how many of its tunnels are open. */
async function proxy(): Promise<{ readonly url: string; readonly asked: string[]; readonly tunnels: Set<Socket> }> {
  const asked: string[] = [];
  const tunnels = new Set<Socket>();
  const server = createServer();
  server.on("connect", (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    tunnels.add(socket);
    const target = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      socket.pipe(target).pipe(socket);
    });
    socket.on("error", () => target.destroy());
    socket.on("close", () => tunnels.delete(socket) && target.destroy());
    target.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => {
    for (const socket of tunnels) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, tunnels };
}

async function behindProxy() {
  const emulator = await startEmulator({ tls: true, eventDelayMs: 5 });
  const folder = mkdtempSync(join(tmpdir(), "mantle-proxy-"));
  const between = await proxy();
  const bundle = join(folder, "company.pem");
  writeFileSync(bundle, emulator.certificate ?? "");
  vi.stubEnv("HTTPS_PROXY", between.url);
  const aws = awsSession({
    region: emulator.region,
    bearerToken: emulator.bearerToken,
    endpoints: { "bedrock-mantle": emulator.url },
  });
  ends.push(
    () => rmSync(folder, { recursive: true }),
    () => emulator.close(),
    () => aws.close(),
  );
  const trust = () => vi.stubEnv("AWS_CA_BUNDLE", bundle);
  return { mantle: createMantle({ aws, maxRetries: 0 }), between, trust, host: new URL(emulator.url).host };
}

const turn = {
  model: "openai.gpt-oss-120b",
  messages: [{ role: "user" as const, content: "Tell me about rivers.", timestamp: 1 }],
};

it("lists and streams through HTTPS_PROXY with the authority of AWS_CA_BUNDLE, on one tunnel", async () => {
  const { mantle, between, trust, host } = await behindProxy();
  trust();
  const { models, unavailable } = await mantle.discoverModels();
  expect([unavailable, models.length > 0]).toEqual([undefined, true]);
  const message = await mantle.stream(turn).result();
  expect([message.stopReason, message.errorMessage]).toEqual(["stop", undefined]);
  expect(between.asked).toEqual([`CONNECT ${host}`]);
});

it("closes its tunnel when the reader leaves", async () => {
  const { mantle, between, trust } = await behindProxy();
  trust();
  for await (const { type } of mantle.stream(turn)) if (type === "text_delta") break;
  await expect.poll(() => between.tunnels.size).toBe(0);
});

it("says which certificate is not trusted without the bundle", async () => {
  const { mantle } = await behindProxy();
  const message = await mantle.stream(turn).result();
  expect(message).toMatchObject({ stopReason: "error", errorCode: "unreachable" });
  expect(message.errorMessage).toMatch(/CERT/u);
});
