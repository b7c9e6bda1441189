import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { promisify } from "node:util";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { awsCli, boto3 } from "./aws-cli.ts";
import { ask, novaMicro } from "./clients.ts";

let emulator: Emulator;
let folder: string;
let bundle: string;
beforeAll(async () => {
  emulator = await startEmulator({ tls: true });
  folder = mkdtempSync(join(tmpdir(), "emulator-tls-"));
  bundle = join(folder, "ca.pem");
  writeFileSync(bundle, emulator.certificate ?? "");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});

/** What ALPN chooses out of an offer. */
function chosen(...ALPNProtocols: string[]): Promise<string | false | null> {
  const { hostname, port } = new URL(emulator.url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ca: emulator.certificate, ALPNProtocols }, () => {
      resolve(socket.alpnProtocol);
      socket.destroy();
    });
    socket.on("error", reject);
  });
}

describe("TLS", () => {
  it("speaks HTTP/2 or HTTP/1.1, as the caller offers", async () => {
    expect(emulator.url).toMatch(/^https:/);
    expect(await chosen("h2", "http/1.1")).toBe("h2");
    expect(await chosen("http/1.1")).toBe("http/1.1");
  });

  it("is not trusted by who does not know the certificate", async () => {
    const refused = new Promise((_, reject) => get(emulator.url, { agent: new Agent() }).on("error", reject));
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/) });
  });

  it("serves the AWS SDK in a process that trusts it, over both", async () => {
    const script = `
      import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
      import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
      const listed = await new BedrockClient({}).send(new ListFoundationModelsCommand({}));
      const answer = await new BedrockRuntimeClient({}).send(new ConverseStreamCommand({
        modelId: "amazon.nova-micro-v1:0", messages: [{ role: "user", content: [{ text: 'Reply with exactly: "PONG"' }] }] }));
      let text = "";
      for await (const event of answer.stream) text += event.contentBlockDelta?.delta?.text ?? "";
      console.log(listed.modelSummaries.length > 10, text);
      process.exit(0);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: join(import.meta.dirname, ".."),
      env: { ...process.env, ...emulator.env, NODE_EXTRA_CA_CERTS: bundle },
    });
    expect(stdout.trim()).toBe("true PONG");
  });

  it("serves the openai client in a process that trusts it", async () => {
    const script = `
      import OpenAI from "openai";
      const client = new OpenAI({ baseURL: process.env.BASE_URL, apiKey: process.env.API_KEY, maxRetries: 0 });
      const stream = await client.chat.completions.create({ model: "openai.gpt-oss-120b", stream: true,
        messages: [{ role: "user", content: 'Reply with exactly: "PONG"' }] });
      let text = "";
      for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? "";
      console.log(text);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
      cwd: join(import.meta.dirname, ".."),
      env: {
        ...process.env,
        BASE_URL: `${emulator.url}/v1`,
        API_KEY: emulator.bearerToken,
        NODE_EXTRA_CA_CERTS: bundle,
      },
    });
    expect(stdout.trim()).toBe("PONG");
  });

  it("takes a certificate that is passed in", async () => {
    const { selfSignedCertificate } = await import("../src/http/certificate.ts");
    const made = await selfSignedCertificate("localhost");
    const other = await startEmulator({ tls: made });
    expect(other.certificate).toBe(made.cert);
    expect(other.url).toMatch(/^https:/);
    await other.close();
    await expect(startEmulator({ tls: { cert: "nonsense", key: "nonsense" } })).rejects.toThrow();
  });
});

describe.skipIf(!awsCli)("the AWS CLI over TLS", () => {
  it("lists models", async () => {
    const env = { PATH: process.env["PATH"] ?? "", HOME: folder, ...emulator.env, AWS_CA_BUNDLE: bundle };
    const { stdout } = await promisify(execFile)("aws", ["bedrock", "list-foundation-models", "--output", "json"], {
      env,
    });
    expect(JSON.parse(stdout).modelSummaries.length).toBeGreaterThan(10);
  }, 30_000);
});

describe.skipIf(!boto3)("boto3", () => {
  it.each(["http", "https"])(
    "streams a conversation over %s",
    async (scheme) => {
      const plain = await startEmulator();
      const target = scheme === "http" ? plain : emulator;
      const script = `
import boto3, json
runtime = boto3.client("bedrock-runtime")
stream = runtime.converse_stream(modelId="${novaMicro}", messages=[{"role": "user", "content": [{"text": 'Reply with exactly: "PONG"'}]}])["stream"]
text = "".join(event["contentBlockDelta"]["delta"]["text"] for event in stream if "contentBlockDelta" in event)
body = runtime.invoke_model(modelId="amazon.titan-embed-text-v2:0", body=json.dumps({"inputText": "hello", "dimensions": 256}))["body"].read()
try:
    runtime.converse(modelId="no.such", messages=[])
    problem = None
except runtime.exceptions.ValidationException as error:
    problem = error.response["Error"]["Message"]
print(json.dumps([text, len(json.loads(body)["embedding"]), problem]))`;
      const env = {
        PATH: process.env["PATH"] ?? "",
        HOME: folder,
        ...target.env,
        AWS_CA_BUNDLE: scheme === "https" ? bundle : "",
      };
      const { stdout } = await promisify(execFile)("python3", ["-c", script], { env });
      expect(JSON.parse(stdout)).toEqual(["PONG", 256, "The provided model identifier is invalid."]);
      await plain.close();
    },
    30_000,
  );
});

it("serves the AWS SDK's own HTTP/1.1 handler without TLS", async () => {
  const plain = await startEmulator();
  const settings = { endpoint: plain.url, region: plain.region, credentials: plain.credentials };
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const runtime = new BedrockRuntimeClient({ ...settings, requestHandler: new NodeHttpHandler() });
  const answer = await runtime.send(new ConverseStreamCommand({ modelId: novaMicro, messages: ask("Hello") }));
  const seen: string[] = [];
  for await (const event of answer.stream ?? []) seen.push(Object.keys(event)[0] ?? "");
  expect(seen.at(-1)).toBe("metadata");
  await new BedrockClient(settings).send(new ListFoundationModelsCommand({}));
  await plain.close();
});
