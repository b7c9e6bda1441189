import { describe, expect, it } from "vitest";
import { claudePayload } from "./messages-payload.ts";

const host = { model: "x", max_tokens: 8192, messages: [], stream: true };

describe("claudePayload", () => {
  it("asks an adaptive model for thinking as it takes it", () => {
    const payload = claudePayload(
      { ...host, thinking: { type: "enabled", budget_tokens: 1024 }, temperature: 1 },
      "anthropic.claude-opus-4-7",
      "high",
    );
    expect(payload).toMatchObject({ ...host, thinking: { type: "adaptive" }, output_config: { effort: "high" } });
    expect(payload).not.toHaveProperty("temperature");
  });

  it("sends nothing of thinking where the model refuses to have it disabled in words", () => {
    const payload = claudePayload({ ...host, thinking: { type: "disabled" } }, "anthropic.claude-opus-4-7", "off");
    expect(payload).toEqual(host);
  });

  it("gives a budget to a model that wants one, below its limit of tokens", () => {
    const { thinking, max_tokens } = claudePayload(host, "anthropic.claude-haiku-4-5", "medium");
    expect(thinking).toMatchObject({ type: "enabled", budget_tokens: expect.any(Number) });
    expect(Object(thinking).budget_tokens).toBeLessThan(Number(max_tokens));
  });

  it("keeps sampling where the model takes it, and what else the host asked for", () => {
    const asked = { ...host, temperature: 0.5, top_k: 3, output_config: { format: { type: "json_schema" } } };
    expect(claudePayload(asked, "anthropic.claude-haiku-4-5", undefined)).toEqual(asked);
  });
});
