import { describe, expect, it } from "vitest";
import { migrateLegacyDiscovery } from "./legacy-discovery.ts";

describe("migrateLegacyDiscovery", () => {
  it("moves every key and leaves the rest alone", () => {
    const legacy = { enabled: true, region: "eu-west-1", providerFilter: ["anthropic"], refreshInterval: 60 };
    const config = { models: { mode: "merge", bedrockDiscovery: legacy }, agents: { defaults: {} } };
    expect(migrateLegacyDiscovery(config)).toEqual({
      config: {
        models: { mode: "merge" },
        agents: { defaults: {} },
        plugins: { entries: { "amazon-bedrock": { config: { discovery: legacy } } } },
      },
      changes: ["Moved models.bedrockDiscovery to plugins.entries.amazon-bedrock.config.discovery."],
    });
    expect(config.models.bedrockDiscovery).toBe(legacy);
  });

  it("lets what stands in the plugin's entry win, and says so", () => {
    const config = {
      models: { bedrockDiscovery: { enabled: false, region: "eu-west-1" } },
      plugins: {
        allow: ["amazon-bedrock"],
        entries: { "amazon-bedrock": { enabled: true, config: { discovery: { region: "us-west-2" }, guardrail: {} } } },
      },
    };
    expect(migrateLegacyDiscovery(config)).toEqual({
      config: {
        models: {},
        plugins: {
          allow: ["amazon-bedrock"],
          entries: {
            "amazon-bedrock": {
              enabled: true,
              config: { discovery: { enabled: false, region: "us-west-2" }, guardrail: {} },
            },
          },
        },
      },
      changes: [expect.stringMatching(/, where region was set and stayed\.$/u)],
    });
  });

  it("does nothing without the old key, and takes a broken one away", () => {
    for (const config of [{}, { models: {} }, { models: { providers: {} } }]) {
      expect(migrateLegacyDiscovery(config)).toBeNull();
    }
    expect(migrateLegacyDiscovery({ models: { bedrockDiscovery: "yes" } })?.config).toMatchObject({ models: {} });
  });
});
