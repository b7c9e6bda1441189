import { describe, expect, it } from "vitest";
import { normalizeCompatibilityConfig } from "../doctor-contract-api.ts";

const MODEL = "us.anthropic.claude-sonnet-4-6";

describe("normalizeCompatibilityConfig", () => {
  it("moves everything that an older page of the documentation wrote, with a line for each move", () => {
    const cfg = { model: MODEL, models: { bedrockDiscovery: { enabled: true } } };
    expect(normalizeCompatibilityConfig({ cfg })).toEqual({
      config: {
        models: {},
        agents: { defaults: { model: { primary: `amazon-bedrock/${MODEL}` } } },
        plugins: { entries: { "amazon-bedrock": { config: { discovery: { enabled: true } } } } },
      },
      changes: [expect.stringContaining("models.bedrockDiscovery"), expect.stringContaining("Moved model ")],
    });
  });

  it("gives a config without anything old back as it is", () => {
    const cfg = { model: "gpt-5", agents: {} };
    expect(normalizeCompatibilityConfig({ cfg })).toEqual({ config: cfg, changes: [] });
  });
});
