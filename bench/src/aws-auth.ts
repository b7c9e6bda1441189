// What cached tokens and credentials cost beside one call of the token generator, how often a provider is asked, and the
// connections of a session against a TLS server: sequential calls, held streams and one call more.
import { subscribe } from "node:diagnostics_channel";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { getToken } from "@aws/bedrock-token-generator";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { print } from "./print.ts";
import { median } from "./statistics.ts";

const HOUR_MS = 3_600_000;
const credentials = { accessKeyId: "AKIABENCH", secretAccessKey: "bench-secret", sessionToken: "t".repeat(600) };

await cachedCosts();
await providerCalls();
await connections();

async function cachedCosts(): Promise<void> {
  const session = awsSession({ credentials });
  const config = session.clientConfig("bedrock");
  const generator = await costOf(2000, () => getToken({ credentials, region: "us-east-1" }));
  const token = await costOf(200_000, () => session.bearerToken());
  const cached = await costOf(200_000, () => config.credentials());
  print("token generator, µs a call", generator);
  print("cached bearerToken(), µs", token);
  print("cached credentials, µs", cached);
  print("cached token / generator call, %", (100 * token) / generator);
  print("cached credentials / generator call, %", (100 * cached) / generator);
}

async function providerCalls(): Promise<void> {
  let asked = 0;
  const session = awsSession({
    credentials: async () => {
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { ...credentials, expiration: new Date(Date.now() + HOUR_MS) };
    },
    endpoints: { bedrock: "http://127.0.0.1:9" },
  });
  const clients = [session, session.in({ region: "eu-west-1" })].map(
    (view) => new BedrockClient({ ...view.clientConfig("bedrock"), maxAttempts: 1 }),
  );
  await Promise.all([
    ...Array.from({ length: 50 }, () => session.bearerToken()),
    // Nobody listens there: that they fail shows that they were signed and sent.
    ...Array.from({ length: 50 }, (_, at) =>
      clients[at % 2]?.send(new ListFoundationModelsCommand({})).catch(() => {}),
    ),
  ]);
  print("provider calls, 100 requests at once", asked);
  session.close();
}

async function connections(): Promise<void> {
  // Each stream sends its first event and then is silent.
  const server = await startEmulator({ tls: true, regions: ["eu-west-1"], eventDelayMs: HOUR_MS, keepRequests: false });
  const folder = mkdtempSync(join(tmpdir(), "aws-auth-bench-"));
  process.env["AWS_CA_BUNDLE"] = join(folder, "ca.pem");
  writeFileSync(process.env["AWS_CA_BUNDLE"], server.certificate ?? "");
  const session = awsSession({
    credentials: server.credentials,
    endpoints: { bedrock: server.url, "bedrock-runtime": server.url },
  });
  let opened = 0;
  subscribe("net.client.socket", () => {
    opened += 1;
  });

  for (let call = 0; call < 100; call++) {
    const view = call % 2 ? session : session.in({ region: "eu-west-1" });
    await new BedrockClient(view.clientConfig("bedrock")).send(new ListFoundationModelsCommand({}));
  }
  print("connections of 100 sequential TLS calls", opened);

  const before = opened;
  const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
  const modelId = "amazon.nova-lite-v1:0";
  const messages = [{ role: "user" as const, content: [{ text: "hi" }] }];
  const streams = await Promise.all(
    Array.from({ length: 500 }, () => client.send(new ConverseStreamCommand({ modelId, messages }))),
  );
  print("streams held open at once", streams.filter(({ stream }) => stream !== undefined).length);
  print("connections opened for them", opened - before);
  const began = performance.now();
  await client.send(new ConverseCommand({ modelId, messages }));
  print("the 501st call, ms from send to answer", performance.now() - began);

  session.close();
  rmSync(folder, { recursive: true });
  // The silent streams of the emulator would keep the process for an hour.
  process.exit();
}

/** Median of seven rounds, in µs. */
async function costOf(times: number, run: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < Math.min(times, 5000); i++) await run();
  const rounds: number[] = [];
  for (let round = 0; round < 7; round++) {
    const began = performance.now();
    for (let i = 0; i < times / 7; i++) await run();
    rounds.push(((performance.now() - began) * 1000) / (times / 7));
  }
  return median(rounds);
}
