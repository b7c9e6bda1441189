import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { holdStream } from "../../test/held-stream.ts";
import { localServer, noModels } from "../../test/local-server.ts";
import { selfSigned } from "../../test/self-signed.ts";
import { http2Server, proxyServer, type TlsServer, tlsServer } from "../../test/tls-server.ts";
import { awsSession } from "../session.ts";
import type { AwsSession, AwsSessionOptions } from "../types.ts";

cleanEnvironment();

const HOST = "bedrock.us-east-1.amazonaws.com";
const CERTIFICATE = selfSigned([HOST, "sts.us-east-1.amazonaws.com", "localhost"]);
const credentials = { accessKeyId: "AKIA", secretAccessKey: "abc" };
const hello = { modelId: "m", messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };

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

const session = (options: AwsSessionOptions = {}): AwsSession => open(awsSession({ credentials, ...options }));
const clientOf = (aws: AwsSession, maxAttempts = 1): BedrockClient =>
  new BedrockClient({ ...aws.clientConfig("bedrock"), maxAttempts });
const list = (client: BedrockClient) => client.send(new ListFoundationModelsCommand({}));

function writeBundle(text = CERTIFICATE.cert): string {
  const path = join(process.env["HOME"] ?? "", "company.pem");
  writeFileSync(path, text);
  return path;
}

describe("authorities", () => {
  let server: TlsServer;
  beforeEach(async () => {
    server = open(await tlsServer(CERTIFICATE, noModels));
  });

  it("nobody knows are refused", async () => {
    await expect(list(clientOf(session({ endpoints: { bedrock: server.url } })))).rejects.toThrow(/self-signed/u);
  });

  it("of AWS_CA_BUNDLE are trusted", async () => {
    setEnv({ AWS_CA_BUNDLE: writeBundle() });
    await list(clientOf(session({ endpoints: { bedrock: server.url } })));
  });

  it("of the profile's ca_bundle are trusted", async () => {
    writeShared({ config: `[default]\nca_bundle = ${writeBundle()}\n` });
    await list(clientOf(session({ endpoints: { bedrock: server.url } })));
  });

  it.each([
    [{ NODE_EXTRA_CA_CERTS: "own" }],
    [{ NODE_EXTRA_CA_CERTS: "own", AWS_CA_BUNDLE: "other" }],
    [{ NODE_EXTRA_CA_CERTS: "other", AWS_CA_BUNDLE: "own" }],
  ])("of %j are trusted by a process", async (variables: Record<string, string>) => {
    const other = join(process.env["HOME"] ?? "", "other.pem");
    writeFileSync(other, selfSigned(["elsewhere"]).cert);
    const files = Object.entries(variables).map(([name, which]) => [name, which === "own" ? writeBundle() : other]);
    const script = `
      import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
      import { awsSession } from "@clawrock/aws-auth";
      const session = awsSession({ credentials: { accessKeyId: "A", secretAccessKey: "b" }, endpoints: { bedrock: "${server.url}" } });
      const answer = await new BedrockClient(session.clientConfig("bedrock")).send(new ListFoundationModelsCommand({}));
      console.log(answer.modelSummaries.length); session.close();`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--conditions=@clawrock/source", "--input-type=module", "-e", script],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)), env: { ...process.env, ...Object.fromEntries(files) } },
    );
    expect(stdout.trim()).toBe("0");
  });

  it.each([
    ["is missing", undefined, "cannot be read (ENOENT)"],
    ["is no PEM", "hello", "holds no certificate"],
    ["is damaged", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged"],
  ])("fail clearly where the file %s, and recover when it is repaired", async (_, text, words) => {
    const path = text === undefined ? join(process.env["HOME"] ?? "", "company.pem") : writeBundle(text);
    setEnv({ AWS_CA_BUNDLE: path });
    const client = clientOf(session({ endpoints: { bedrock: server.url } }));
    await expect(list(client)).rejects.toMatchObject({
      kind: "invalid-config",
      message: expect.stringContaining(words),
    });
    writeBundle();
    await list(client);
  });
});

it("opens at most one connection for 100 sequential TLS calls", async () => {
  const server = open(await tlsServer(CERTIFICATE, noModels));
  setEnv({ AWS_CA_BUNDLE: writeBundle() });
  const aws = session({ endpoints: { bedrock: server.url } });
  for (let call = 0; call < 100; call++) await list(clientOf(call % 2 ? aws : aws.in({ region: "eu-west-1" })));
  expect(server.connections()).toBe(1);
});

describe("HTTP/2", () => {
  it("is spoken by choice, on one connection", async () => {
    const server = open(await http2Server(CERTIFICATE, '{"modelSummaries":[]}'));
    setEnv({ AWS_CA_BUNDLE: writeBundle() });
    const client = clientOf(session({ endpoints: { bedrock: server.url }, connections: { http2: true } }));
    await list(client);
    await Promise.all(Array.from({ length: 20 }, () => list(client)));
    expect(server.connections()).toBe(1);
  });

  it("gives way to HTTP/1.1 where a proxy is set", async () => {
    const server = open(await tlsServer(CERTIFICATE, noModels));
    const proxy = open(await proxyServer({ ports: { [`${HOST}:443`]: server.port } }));
    setEnv({ AWS_CA_BUNDLE: writeBundle(), HTTPS_PROXY: proxy.url });
    await list(clientOf(session({ connections: { http2: true } })));
    expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`]);
  });
});

describe("a proxy", () => {
  it.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])(
    "of %s is used for the host of AWS, on one tunnel",
    async (name) => {
      const server = open(await tlsServer(CERTIFICATE, noModels));
      const proxy = open(await proxyServer({ ports: { [`${HOST}:443`]: server.port } }));
      setEnv({ AWS_CA_BUNDLE: writeBundle(), [name]: proxy.url });
      const client = clientOf(session());
      for (let call = 0; call < 10; call++) await list(client);
      expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`]);
      expect(server.connections()).toBe(1);
    },
  );

  it("without a scheme is a plain one", async () => {
    const server = open(await tlsServer(CERTIFICATE, noModels));
    const proxy = open(await proxyServer({ ports: { [`${HOST}:443`]: server.port } }));
    setEnv({ AWS_CA_BUNDLE: writeBundle(), HTTPS_PROXY: `127.0.0.1:${proxy.port}` });
    await list(clientOf(session()));
    expect(proxy.asked).toHaveLength(1);
  });

  it("of HTTP_PROXY is used for plain HTTP, and NO_PROXY leaves hosts out", async () => {
    const proxy = open(await proxyServer({ ports: {} }));
    const server = open(await localServer(noModels));
    setEnv({ HTTP_PROXY: proxy.url });
    const client = clientOf(session({ endpoints: { bedrock: server.url } }));
    await list(client);
    expect(proxy.asked).toEqual([`GET ${server.url}/foundation-models`]);
    setEnv({ NO_PROXY: "127.0.0.1" });
    await list(client);
    expect(proxy.asked).toHaveLength(1);
    expect(server.seen).toHaveLength(1);
  });

  it("is used by the sources of credentials too", async () => {
    const sts = open(await tlsServer(CERTIFICATE, (_request, response) => void response.writeHead(403).end()));
    const proxy = open(await proxyServer({ ports: { "sts.us-east-1.amazonaws.com:443": sts.port } }));
    setEnv({ AWS_CA_BUNDLE: writeBundle(), HTTPS_PROXY: proxy.url });
    writeShared({
      config:
        "[profile r]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nregion = us-east-1\n" +
        "[profile base]\naws_access_key_id = AKIA\naws_secret_access_key = abc\n",
    });
    await expect(open(awsSession({ profile: "r" })).identity()).rejects.toThrow('profile "r"');
    expect(proxy.asked[0]).toBe("CONNECT sts.us-east-1.amazonaws.com:443");
  });

  it("gets its password, and says so when it is missing, without showing one", async () => {
    const server = open(await tlsServer(CERTIFICATE, noModels));
    const proxy = open(await proxyServer({ ports: { [`${HOST}:443`]: server.port }, password: "pr0xy-pass" }));
    setEnv({ AWS_CA_BUNDLE: writeBundle(), HTTPS_PROXY: proxy.url.replace("//", "//user:pr0xy-pass@") });
    const client = clientOf(session());
    await list(client);
    setEnv({ HTTPS_PROXY: proxy.url.replace("//", "//user:wr0ng-pass@") });
    const error = await list(client).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "unreachable", message: expect.stringContaining("(407)") });
    expect(String(error)).not.toContain("wr0ng-pass");
  });

  it("that is none is refused with its variable named", async () => {
    setEnv({ HTTPS_PROXY: "socks5://user:s3cret-word@127.0.0.1:1" });
    const error = await list(clientOf(session())).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "invalid-config", message: expect.stringContaining("HTTPS_PROXY") });
    expect(String(error)).not.toContain("s3cret-word");
  });

  it("that cannot be reached fails at once", async () => {
    const gone = await proxyServer({ ports: {} });
    await gone.close();
    setEnv({ HTTPS_PROXY: gone.url });
    await expect(list(clientOf(session()))).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe("timeouts", () => {
  it("end the wait for a connection", async () => {
    const proxy = open(await proxyServer({ ports: {}, silent: true }));
    setEnv({ HTTPS_PROXY: proxy.url });
    const began = Date.now();
    await expect(list(clientOf(session({ connections: { connectTimeoutMs: 200 } })))).rejects.toMatchObject({
      name: "TimeoutError",
    });
    expect(Date.now() - began).toBeLessThan(3000);
  });

  it("end the wait for the first byte", async () => {
    const server = open(await localServer(() => {}));
    const aws = session({ endpoints: { "bedrock-runtime": server.url }, connections: { firstByteTimeoutMs: 200 } });
    const client = new BedrockRuntimeClient({ ...aws.clientConfig("bedrock-runtime"), maxAttempts: 1 });
    await expect(client.send(new ConverseCommand(hello))).rejects.toMatchObject({ name: "TimeoutError" });
  });

  it("end a stream that falls silent, not one that takes long to begin", async () => {
    const server = open(
      await localServer((_request, response) => {
        setTimeout(() => {
          holdStream(response);
        }, 50);
      }),
    );
    const aws = session({
      endpoints: { "bedrock-runtime": server.url },
      connections: { firstByteTimeoutMs: 5000, idleTimeoutMs: 300 },
    });
    const client = new BedrockRuntimeClient({ ...aws.clientConfig("bedrock-runtime"), maxAttempts: 1 });
    const read = async (): Promise<void> => {
      const { stream = [] } = await client.send(new ConverseStreamCommand(hello));
      for await (const _event of stream);
    };
    await expect(read()).rejects.toThrow(/timed out|inactivity|abort/u);
  });
});
