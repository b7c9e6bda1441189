import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { thinkingProfile } from "./thinking-profile.ts";

function profile(id: string): { levels: string[]; usual: string | null | undefined } {
  const { levels, defaultLevel } = thinkingProfile(capabilitiesOf(parseModelRef(id)));
  return { levels: levels.map((level) => level.id), usual: defaultLevel };
}

describe("thinkingProfile", () => {
  it("offers nothing but off where a model does not reason", () => {
    expect(profile("us.meta.llama3-3-70b-instruct-v1:0")).toEqual({ levels: ["off"], usual: "off" });
  });

  it("offers levels that become budgets", () => {
    expect(profile("us.anthropic.claude-sonnet-4-5-20250929-v1:0")).toEqual({
      levels: ["off", "minimal", "low", "medium", "high"],
      usual: "off",
    });
  });

  it("offers the effort levels of an adaptive model", () => {
    const { levels } = profile("us.anthropic.claude-opus-4-7");
    expect(levels).toEqual(expect.arrayContaining(["off", "low", "medium", "high", "xhigh", "max"]));
  });

  it("does not offer off for a model that cannot stop thinking", () => {
    const { levels, usual } = profile("us.anthropic.claude-sonnet-5");
    expect(levels).not.toContain("off");
    expect(usual).toBe("high");
  });

  it("is the same for every spelling of a model", () => {
    for (const id of ["anthropic.claude-opus-4.7", "bedrock/eu.anthropic.claude-opus-4-7"]) {
      expect(profile(id)).toEqual(profile("us.anthropic.claude-opus-4-7"));
    }
  });
});
