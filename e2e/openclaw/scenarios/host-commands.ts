import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { at, listAt, parseJson } from "../lib/json.ts";
import { newUser, type Scenario } from "../lib/scenario.ts";

/** What a user types before the first turn: inspect, validate, list. */
export const hostCommands: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "host commands", {
    settings: {
      plugins: { entries: { "amazon-bedrock": { config: { discovery: { providerFilter: ["Anthropic"] } } } } },
    },
  });
  const { host, bedrock } = user;

  const inspected = await host.cli(["plugins", "inspect", "amazon-bedrock", "--runtime", "--json"]);
  const plugin = at(parseJson(inspected.stdout), "plugin");
  checks.ok(at(plugin, "status") === "loaded", "plugins inspect: the plugin is loaded", inspected);
  checks.ok(
    listAt(plugin, "providerIds").join() === "amazon-bedrock,amazon-bedrock-mantle",
    "plugins inspect: it owns both providers",
    plugin,
  );
  checks.ok(
    listAt(plugin, "embeddingProviderIds").join() === "bedrock",
    "plugins inspect: it owns the embeddings",
    plugin,
  );
  checks.ok(bedrock.requests.length === 0, "loading the plugin sends nothing", bedrock.requests);

  const valid = await host.cli(["config", "validate"]);
  checks.ok(valid.code === 0, "config validate: a good config is valid", valid);

  const bad = join(world.folder("bad config"), "openclaw.json");
  const config = {
    discovery: { enabled: "yes", refreshInterval: -1 },
    guardrail: { guardrailIdentifier: "abc" },
    misspelt: true,
  };
  await writeFile(bad, JSON.stringify({ plugins: { entries: { "amazon-bedrock": { enabled: true, config } } } }));
  const invalid = await host.cli(["config", "validate"], { configPath: bad });
  checks.ok(invalid.code === 1, "config validate: a bad config is refused", invalid);
  for (const path of [
    "discovery.enabled",
    "discovery.refreshInterval",
    "guardrail.guardrailVersion",
    'must not have additional properties: "misspelt"',
  ]) {
    checks.ok((invalid.stdout + invalid.stderr).includes(path), `config validate: it names ${path}`, invalid);
  }

  const listed = await host.cli(["models", "list", "--refresh", "--json"]);
  const rows = listAt(parseJson(listed.stdout), "models");
  const keys = rows.map((row) => String(at(row, "key")));
  const converse = keys.filter((key) => key.startsWith("amazon-bedrock/"));
  checks.ok(
    converse.includes("amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0"),
    "models list --refresh: inference profiles are listed",
    listed,
  );
  checks.ok(
    converse.length > 0 && converse.every((key) => /anthropic|application-inference-profile/u.test(key)),
    "models list --refresh: providerFilter holds",
    converse,
  );
  checks.ok(
    keys.includes("amazon-bedrock-mantle/openai.gpt-oss-120b"),
    "models list --refresh: Mantle's models are listed",
    keys,
  );
  const haiku = rows.find((row) => at(row, "key") === "amazon-bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0");
  checks.ok(
    at(haiku, "contextWindow") === 200_000 && at(haiku, "input") === "text+image",
    "models list --refresh: a row says what the model can do",
    haiku,
  );
  const operations = new Set(bedrock.requests.map(({ operation }) => operation));
  checks.ok(
    ["ListFoundationModels", "ListInferenceProfiles", "ListModels"].every((name) => operations.has(name)),
    "models list --refresh: both lists and Mantle's were asked",
    [...operations],
  );
};
