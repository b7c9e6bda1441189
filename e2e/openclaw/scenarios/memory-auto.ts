import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newUser, type Scenario } from "../lib/scenario.ts";

/** Memory search without a provider named: the host looks for one by itself. */
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
  const status = await host.cli(["memory", "status", "--deep"]);
  checks.ok(
    /bedrock/iu.test(status.stdout) && bedrock.of("InvokeModel").length > 0,
    'memory search: provider "auto" picks Bedrock where its credentials are',
    { indexed, status },
  );
};
