import { startEmulator } from "@clawrock/bedrock-emulator";
import { describe, expect, it } from "vitest";
import type { HostCatalog, HostConfig, HostEnv, HostProvider } from "../src/host-types.ts";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

function config(settings: object): HostConfig {
  return { plugins: { entries: { "amazon-bedrock": { config: settings } } } };
}

async function listed(provider: HostProvider, settings: object, env: HostEnv): Promise<HostCatalog | undefined> {
  const answer = await provider.catalog?.run({ config: config(settings), env });
  return answer?.providers[provider.id];
}

describe("the catalogs", () => {
  const world = emulated();

  it("list Converse models with what they can do and what they cost", async () => {
    const catalog = await listed(registered().bedrock, {}, world.bedrock.env);
    expect(catalog).toMatchObject({
      api: "bedrock-converse-stream",
      auth: "aws-sdk",
      baseUrl: world.bedrock.env["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"],
    });
    const haiku = catalog?.models.find(({ id }) => id === "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    expect(haiku).toMatchObject({
      reasoning: true,
      input: ["text", "image"],
      contextWindow: 200_000,
      maxTokens: 64_000,
    });
    expect(haiku?.cost.output).toBeGreaterThan(0);
    const ids = catalog?.models.map(({ id }) => id);
    // Bedrock refuses this id without a profile, and this model embeds.
    expect(ids).not.toContain("anthropic.claude-haiku-4-5-20251001-v1:0");
    expect(ids).not.toContain("amazon.titan-embed-text-v2:0");
  });

  it("list Mantle models that answer Chat Completions, each at its address", async () => {
    const catalog = await listed(registered().mantle, {}, world.bedrock.env);
    expect(catalog).toMatchObject({ api: "openai-completions", auth: "api-key" });
    const model = catalog?.models.find(({ id }) => id === "openai.gpt-oss-120b");
    expect(model).toMatchObject({ reasoning: true, baseUrl: `${world.bedrock.url}/v1` });
    expect(model?.compat).toMatchObject({ supportsUsageInStreaming: true, reasoningEffortMap: { off: "low" } });
  });

  it("keep to the vendors asked for", async () => {
    const settings = { discovery: { providerFilter: [" AMAZON "] } };
    const catalog = await listed(registered().bedrock, settings, world.bedrock.env);
    expect(catalog?.models.length).toBeGreaterThan(3);
    expect(catalog?.models.filter(({ id }) => !id.includes("amazon."))).toEqual([]);
  });

  it("ask once within the refresh interval, and every time with 0", async () => {
    const { bedrock } = registered();
    const calls = (): number => world.requests.filter(({ operation }) => operation === "ListFoundationModels").length;
    const settings = { discovery: { providerFilter: ["meta"] } };
    await listed(bedrock, settings, world.bedrock.env);
    await listed(registered().bedrock, settings, world.bedrock.env);
    expect(calls()).toBe(1);
    await listed(bedrock, { discovery: { refreshInterval: 0 } }, world.bedrock.env);
    await listed(bedrock, { discovery: { refreshInterval: 0 } }, world.bedrock.env);
    expect(calls()).toBe(3);
  });

  it.each([
    ["discovery is off", { discovery: { enabled: false }, mantle: { discovery: { enabled: false } } }, undefined],
    ["nothing says that AWS is meant", {}, { HOME: "/nowhere" }],
  ])("send nothing when %s", async (_, settings, env) => {
    const { bedrock, mantle, logged } = registered();
    expect(await listed(bedrock, settings, env ?? world.bedrock.env)).toBeUndefined();
    expect(await listed(mantle, settings, env ?? world.bedrock.env)).toBeUndefined();
    expect(world.requests).toEqual([]);
    expect(logged).toEqual([]);
  });

  it("never throw: an address where nobody is leaves no rows and one line", async () => {
    const gone = await startEmulator();
    await gone.close();
    const endpoints = Object.entries(gone.env).filter(([name]) => name.startsWith("AWS_ENDPOINT_URL"));
    const env = { ...world.bedrock.env, ...Object.fromEntries(endpoints) };
    for (const provider of ["bedrock", "mantle"] as const) {
      const plugin = registered();
      expect(await listed(plugin[provider], {}, env)).toBeUndefined();
      expect(plugin.logged).toEqual([
        expect.stringMatching(/^Bedrock (?:Mantle )?models were not listed: .*could not reach/u),
      ]);
    }
  });

  it("never throw: settings that cannot be used leave no rows and name the path", async () => {
    const plugin = registered();
    expect(await listed(plugin.bedrock, { discovery: { enabled: 1 } }, world.bedrock.env)).toBeUndefined();
    expect(plugin.logged).toEqual([expect.stringContaining("plugins.entries.amazon-bedrock.config.discovery.enabled")]);
  });
});
