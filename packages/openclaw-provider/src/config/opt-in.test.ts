import { describe, expect, it } from "vitest";
import type { HostConfig } from "../host-types.ts";
import { optIn } from "./opt-in.ts";

function asked(provider: string, bedrock: unknown, mantle?: unknown): boolean {
  const config: HostConfig = {
    plugins: { entries: { "amazon-bedrock": { config: bedrock }, "amazon-bedrock-mantle": { config: mantle } } },
  };
  return optIn({ config, provider }) !== undefined;
}

const on = { discovery: { enabled: true } };

describe("optIn", () => {
  it("stands for credentials only where discovery was switched on by hand", () => {
    expect(asked("amazon-bedrock", on)).toBe(true);
    expect(asked("amazon-bedrock", { discovery: { enabled: false } })).toBe(false);
    expect(asked("amazon-bedrock", { discovery: {} })).toBe(false);
    expect(asked("amazon-bedrock", "nonsense")).toBe(false);
    expect(optIn({ provider: "amazon-bedrock" })).toBeUndefined();
  });

  it("reads both places of Mantle's settings, the plugin's own first", () => {
    const mantle = "amazon-bedrock-mantle";
    expect(asked(mantle, on)).toBe(false);
    expect(asked(mantle, { mantle: on })).toBe(true);
    expect(asked(mantle, {}, on)).toBe(true);
    expect(asked(mantle, { mantle: { discovery: { enabled: false } } }, on)).toBe(false);
  });
});
