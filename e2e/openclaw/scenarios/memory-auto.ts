import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newUser, type Scenario } from "../lib/scenario.ts";

/** Memory search without a provider named. This host looks at OpenAI alone, and says that it has no embeddings. */
export const memoryAuto: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "memory auto", { settings: { memory: { search: { provider: "auto" } } } });
  const { host, bedrock } = user;
  await host.configure({ agents: { defaults: { workspace: host.workspace } } });
  await mkdir(join(host.workspace, "memory"), { recursive: true });
  await writeFile(
    join(host.workspace, "memory/garden.md"),
    "# Garden\n\nThe tomatoes need water twice a day in July.\n",
  );
  const indexed = await host.cli(["memory", "index", "--force"]);
  const picked = bedrock.of("InvokeModel").length > 0;
  checks.ok(
    indexed.code === 0 && (picked || /semantic vector embeddings unavailable/u.test(indexed.stderr)),
    'memory search: provider "auto" embeds, or says that it does not',
    indexed,
  );
};
