import { performance } from "node:perf_hooks";
import { getToken } from "@aws/bedrock-token-generator";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { awsSession } from "../src/index.ts";

/** What cached tokens and credentials cost beside one call of the token generator, and how often a provider is asked. */
const HOUR_MS = 3_600_000;
const credentials = { accessKeyId: "AKIABENCH", secretAccessKey: "bench-secret", sessionToken: "t".repeat(600) };
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

let asked = 0;
const rotating = awsSession({
  credentials: async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { ...credentials, expiration: new Date(Date.now() + HOUR_MS) };
  },
  endpoints: { bedrock: "http://127.0.0.1:9" },
});
const clients = [rotating, rotating.in({ region: "eu-west-1" })].map(
  (view) => new BedrockClient({ ...view.clientConfig("bedrock"), maxAttempts: 1 }),
);
await Promise.all([
  ...Array.from({ length: 50 }, () => rotating.bearerToken()),
  // Nobody listens there: that they fail shows that they were signed and sent.
  ...Array.from({ length: 50 }, (_, at) => clients[at % 2]?.send(new ListFoundationModelsCommand({})).catch(() => {})),
]);
print("provider calls, 100 requests at once", asked);
rotating.close();

/** Median of seven rounds, in µs. */
async function costOf(times: number, run: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < Math.min(times, 5000); i++) await run();
  const rounds: number[] = [];
  for (let round = 0; round < 7; round++) {
    const began = performance.now();
    for (let i = 0; i < times / 7; i++) await run();
    rounds.push(((performance.now() - began) * 1000) / (times / 7));
  }
  return rounds.sort((a, b) => a - b)[3] ?? Number.NaN;
}

function print(what: string, figure: number): void {
  console.log(`${what.padEnd(46)} ${Number.isInteger(figure) ? figure : figure.toFixed(2)}`);
}
