import { describe, expect, it } from "vitest";
import { migrateDefaultModel } from "./default-model.ts";

describe("migrateDefaultModel", () => {
  it("moves a Bedrock id to where the default model is read", () => {
    const model = "us.anthropic.claude-sonnet-4-6-20251001-v1:0";
    for (const written of [model, `amazon-bedrock/${model}`]) {
      expect(migrateDefaultModel({ model: written, agents: { defaults: { workspace: "/w" } } })?.config).toEqual({
        agents: { defaults: { workspace: "/w", model: { primary: `amazon-bedrock/${model}` } } },
      });
    }
  });

  it("leaves the default model that is set", () => {
    const agents = { defaults: { model: { primary: "openai/gpt-5" } } };
    expect(migrateDefaultModel({ model: "amazon.nova-lite-v1:0", agents })).toEqual({
      config: { agents },
      changes: [expect.stringContaining("stayed")],
    });
  });

  it("leaves what is not Bedrock's alone", () => {
    for (const model of [undefined, 7, "gpt-5", "openai/gpt-5", ""]) expect(migrateDefaultModel({ model })).toBeNull();
  });
});
