import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "../src/index.ts";
import { holdStream } from "../test/held-stream.ts";
import { selfSigned } from "../test/self-signed.ts";
import { tlsServer } from "../test/tls-server.ts";

/** Connections of a session against a TLS server on the loopback: sequential calls, held streams and one call more. */
const hello = { modelId: "m", messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };
const certificate = selfSigned(["localhost"]);
const folder = mkdtempSync(join(tmpdir(), "aws-auth-bench-"));
process.env["AWS_CA_BUNDLE"] = join(folder, "ca.pem");
writeFileSync(process.env["AWS_CA_BUNDLE"], certificate.cert);
const server = await tlsServer(certificate, (request, response) => {
  if (!request.url?.endsWith("/converse-stream")) return void response.end("{}");
  holdStream(response);
});
const session = awsSession({
  credentials: { accessKeyId: "AKIABENCH", secretAccessKey: "bench-secret" },
  endpoints: { bedrock: server.url, "bedrock-runtime": server.url },
});

for (let call = 0; call < 100; call++) {
  const view = call % 2 ? session : session.in({ region: "eu-west-1" });
  await new BedrockClient(view.clientConfig("bedrock")).send(new ListFoundationModelsCommand({}));
}
print("connections of 100 sequential TLS calls", server.connections());

const before = server.connections();
const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
await Promise.all(Array.from({ length: 500 }, () => client.send(new ConverseStreamCommand(hello))));
print("streams held open at once", 500);
print("connections they took", server.connections() - before);
const began = performance.now();
await client.send(new ConverseCommand(hello));
print("the 501st call, ms from send to answer", performance.now() - began);

session.close();
await server.close();
rmSync(folder, { recursive: true });

function print(what: string, figure: number): void {
  console.log(`${what.padEnd(46)} ${Number.isInteger(figure) ? figure : figure.toFixed(2)}`);
}
