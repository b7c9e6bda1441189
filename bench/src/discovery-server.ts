// A control plane 80 ms away, in a process of its own: the rows of the emulator, profiles in pages of 20.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { BedrockClient, ListFoundationModelsCommand, ListInferenceProfilesCommand } from "@aws-sdk/client-bedrock";
import { startEmulator } from "@clawrock/bedrock-emulator";

const DELAY_MS = 80;
const PAGE = 20;

const emulator = await startEmulator({ keepRequests: false });
const client = new BedrockClient({
  region: emulator.region,
  credentials: emulator.credentials,
  endpoint: emulator.url,
});
const { modelSummaries = [] } = await client.send(new ListFoundationModelsCommand({}));
const { inferenceProfileSummaries: profiles = [] } = await client.send(
  new ListInferenceProfilesCommand({ maxResults: 1000 }),
);
await emulator.close();

let requests = 0;
const server = createServer((request, response) => {
  const url = new URL(request.url ?? "", "http://localhost");
  requests += 1;
  setTimeout(() => response.setHeader("content-type", "application/json").end(answer(url)), DELAY_MS);
});
server.keepAliveTimeout = 60_000;

function answer({ pathname, searchParams }: URL): string {
  if (pathname === "/foundation-models") return JSON.stringify({ modelSummaries });
  if (searchParams.get("type") === "APPLICATION") return JSON.stringify({ inferenceProfileSummaries: [] });
  const from = Number(searchParams.get("nextToken") ?? 0);
  const nextToken = from + PAGE < profiles.length ? `${from + PAGE}` : undefined;
  return JSON.stringify({ inferenceProfileSummaries: profiles.slice(from, from + PAGE), nextToken });
}

process.on("message", () => process.send?.({ requests }));
server.listen(0, "127.0.0.1", () =>
  process.send?.({ port: (server.address() as AddressInfo).port, profiles: profiles.length }),
);
