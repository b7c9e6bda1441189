import { BedrockError } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import type { HostConfig } from "../host-types.ts";
import { settingsOf } from "./settings.ts";

function host(bedrock: unknown, mantle?: unknown): HostConfig {
  return {
    plugins: { entries: { "amazon-bedrock": { config: bedrock }, "amazon-bedrock-mantle": { config: mantle } } },
  };
}

function refusal(config: HostConfig): BedrockError {
  try {
    settingsOf(config);
  } catch (error) {
    if (error instanceof BedrockError) return error;
    throw error;
  }
  throw new Error("the config was accepted");
}

describe("settingsOf", () => {
  it("fills in the documented defaults when nothing is configured", () => {
    for (const config of [undefined, {}, host(undefined), host({}), host({ discovery: {} })]) {
      expect(settingsOf(config)).toEqual({
        discovery: {
          enabled: undefined,
          region: undefined,
          refreshIntervalMs: 3_600_000,
          providers: [],
          defaultContextWindow: 32000,
          defaultMaxTokens: 4096,
        },
        mantle: { enabled: undefined, region: undefined, refreshIntervalMs: 3_600_000 },
        guardrail: undefined,
        guardedSpans: undefined,
      });
    }
  });

  it("takes every key of the documentation", () => {
    const settings = settingsOf(
      host({
        discovery: {
          enabled: true,
          region: "eu-west-1",
          providerFilter: ["anthropic", "amazon"],
          refreshInterval: 0,
          defaultContextWindow: 64000,
          defaultMaxTokens: 8192,
        },
        guardrail: {
          guardrailIdentifier: "abc123",
          guardrailVersion: "DRAFT",
          streamProcessingMode: "sync",
          trace: "enabled_full",
          guardedSpans: { user: "all", toolResults: "latest", system: true, grounding: "tool-results" },
        },
        mantle: { discovery: { enabled: false, region: "us-west-2" } },
      }),
    );
    expect(settings.discovery).toMatchObject({ enabled: true, region: "eu-west-1", refreshIntervalMs: 0 });
    expect(settings.discovery.providers).toEqual(["anthropic", "amazon"]);
    expect(settings.guardrail).toMatchObject({ guardrailIdentifier: "abc123", trace: "enabled_full" });
    expect(settings.guardrail).not.toHaveProperty("guardedSpans");
    expect(settings.guardedSpans).toMatchObject({ user: "all", system: true });
    expect(settings.mantle).toMatchObject({ enabled: false, region: "us-west-2" });
  });

  it("looks for Mantle where discovery looks, unless told otherwise", () => {
    expect(settingsOf(host({ discovery: { region: "eu-north-1" } })).mantle.region).toBe("eu-north-1");
  });

  it("honours the older place of the Mantle settings, the plugin's own entry winning", () => {
    const older = { discovery: { enabled: false, region: "us-east-2" } };
    expect(settingsOf(host({}, older)).mantle).toMatchObject({ enabled: false, region: "us-east-2" });
    const both = settingsOf(host({ mantle: { discovery: { enabled: true } } }, older));
    expect(both.mantle).toMatchObject({ enabled: true, region: "us-east-2" });
  });

  it.each([
    [{ discovery: { enabled: "yes" } }, "discovery.enabled"],
    [{ discovery: { refreshInterval: -1 } }, "discovery.refreshInterval"],
    [{ discovery: { defaultMaxTokens: 0.5 } }, "discovery.defaultMaxTokens"],
    [{ discovery: { providerFilter: ["anthropic", 7] } }, "discovery.providerFilter.1"],
    [{ guardrail: { guardrailIdentifier: "abc" } }, "guardrail"],
    [{ guardrail: { guardrailIdentifier: "abc", guardrailVersion: "1", trace: "on" } }, "guardrail.trace"],
    [
      { guardrail: { guardrailIdentifier: "abc", guardrailVersion: "1", guardedSpans: { user: "last" } } },
      "guardrail.guardedSpans.user",
    ],
    [{ discovry: {} }, "discovry"],
  ])("refuses %j and names the path", (config, path) => {
    const error = refusal(host(config));
    expect(error.kind).toBe("invalid-config");
    expect(error.message).toContain(`plugins.entries.amazon-bedrock.config.${path}`);
    expect(error.message).not.toContain("\n");
  });

  it("names the older Mantle path when the mistake is there", () => {
    const error = refusal(host({}, { discovery: { enabled: 1 } }));
    expect(error.message).toContain("plugins.entries.amazon-bedrock-mantle.config.discovery.enabled");
  });
});
