import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario, type User, type World } from "../lib/scenario.ts";

const NOTES = {
  "garden.md": "# Garden\n\nThe tomatoes need water twice a day in July. Basil grows beside them.\n",
  "car.md": "# Car\n\nThe winter tyres are in the garage; change the engine oil in March.\n",
  "bread.md": "# Bread\n\nSourdough: feed the starter with rye flour, bake at 250 degrees.\n",
};

/** Every family of embeddings, by an id that the emulator's region offers. */
const MODELS = [
  "amazon.titan-embed-text-v2:0",
  "amazon.titan-embed-text-v1",
  "amazon.titan-embed-image-v1",
  "amazon.nova-2-multimodal-embeddings-v1:0",
  "cohere.embed-english-v3",
  "cohere.embed-multilingual-v3",
  "us.cohere.embed-v4:0",
  "us.twelvelabs.marengo-embed-2-7-v1:0",
  "twelvelabs.marengo-embed-3-0-v1:0",
];

/** The host begins slowly on a busy machine. */
const PATIENT = { timeoutMs: 240_000 };

/** Memory indexed and searched with Bedrock's embeddings, one family after the other. */
export const memorySearch: Scenario = (world) => searchWithEach(MODELS, world);

/** The same with the default model alone. */
export const memoryOfOneFamily: Scenario = (world) => searchWithEach(MODELS.slice(0, 1), world);

async function searchWithEach(models: readonly string[], world: World): Promise<void> {
  await using user = await newUser(world, "memory", {
    settings: { memory: { search: { provider: "bedrock", model: MODELS[0] } } },
  });
  const { host } = user;
  await host.configure({ agents: { defaults: { workspace: host.workspace } } });
  await mkdir(join(host.workspace, "memory"), { recursive: true });
  for (const [name, text] of Object.entries(NOTES)) await writeFile(join(host.workspace, "memory", name), text);
  for (const model of models) await searchWith(model, user, world);
}

async function searchWith(model: string, { host, bedrock }: User, { checks }: World): Promise<void> {
  const what = `memory by ${model}`;
  const before = bedrock.requests.length;
  await host.configure({ memory: { search: { provider: "bedrock", model } } });
  const indexed = await host.cli(["memory", "index", "--force"], PATIENT);
  checks.ok(indexed.code === 0 && /3 files indexed/u.test(indexed.stdout), `${what}: three files indexed`, indexed);

  const found = await host.cli(["memory", "search", "how often do I water the vegetables", "--json"], PATIENT);
  const [best] = listAt(parseJson(found.stdout), "results");
  checks.ok(at(best, "path") === "memory/garden.md", `${what}: the right file comes first`, found);
  checks.ok(Number(at(best, "vectorScore")) > 0, `${what}: by its vector`, best);
  const calls = bedrock.requests.slice(before).filter(({ operation }) => operation === "InvokeModel");
  checks.ok(
    calls.length >= 2 && calls.every(({ status, modelId }) => status === 200 && modelId === model),
    `${what}: every call went to it`,
    calls,
  );
  checks.ok(
    JSON.stringify(calls.at(-1)?.body).includes("water the vegetables"),
    `${what}: the question was embedded`,
    calls.at(-1)?.body,
  );
}
