import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

const NOTES = {
  "garden.md": "# Garden\n\nThe tomatoes need water twice a day in July. Basil grows beside them.\n",
  "car.md": "# Car\n\nThe winter tyres are in the garage; change the engine oil in March.\n",
  "bread.md": "# Bread\n\nSourdough: feed the starter with rye flour, bake at 250 degrees.\n",
};

/** Memory indexed and searched with Bedrock's embeddings. */
export const memorySearch: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "memory", {
    settings: { memory: { search: { provider: "bedrock", model: "amazon.titan-embed-text-v2:0" } } },
  });
  const { host, bedrock } = user;
  await host.configure({ agents: { defaults: { workspace: host.workspace } } });
  await mkdir(join(host.workspace, "memory"), { recursive: true });
  for (const [name, text] of Object.entries(NOTES)) await writeFile(join(host.workspace, "memory", name), text);

  const indexed = await host.cli(["memory", "index", "--force"]);
  checks.ok(indexed.code === 0 && /3 files indexed/u.test(indexed.stdout), "memory index: three files", indexed);
  const embedded = bedrock.requests.filter(({ operation }) => operation === "InvokeModel");
  checks.ok(
    embedded.length >= 3 &&
      embedded.every(({ status, modelId }) => status === 200 && modelId?.startsWith("amazon.titan-embed")),
    "memory index: by Titan's embeddings",
    embedded,
  );

  const found = await host.cli(["memory", "search", "how often do I water the vegetables", "--json"]);
  const [best] = listAt(parseJson(found.stdout), "results");
  checks.ok(at(best, "path") === "memory/garden.md", "memory search: the right file comes first", found);
  checks.ok(Number(at(best, "vectorScore")) > 0, "memory search: by its vector", best);
  const asked = bedrock.requests.at(-1);
  checks.ok(
    JSON.stringify(asked?.body).includes("water the vegetables"),
    "memory search: the question was embedded",
    asked?.body,
  );
};
