import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "./capabilities/capabilities-of.ts";
import { parseModelRef } from "./parse/parse-model-ref.ts";
import { priceOf } from "./price-of.ts";

const M = 1_000_000;
const price = (id: string) => capabilitiesOf(parseModelRef(id));

describe("priceOf", () => {
  it("bills each bucket at its rate", () => {
    const usage = { input: M, output: M, cacheRead: M, cacheWrite: 3 * M, cacheWrite1h: M };
    const cost = priceOf(price("global.anthropic.claude-opus-4-7"), usage);
    expect(cost).toEqual({ input: 5, output: 25, cacheRead: 0.5, cacheWrite: 2 * 6.25 + 10, total: 53 });
  });

  it("adds ten percent for a regional profile", () => {
    const cost = priceOf(price("us.anthropic.claude-opus-4-7"), { input: M, output: 0 });
    expect(cost?.input).toBeCloseTo(5.5, 10);
  });

  it("bills an hour in the cache at twice the input where the table is silent", () => {
    const cost = priceOf(price("global.anthropic.claude-opus-5-5"), {
      input: 0,
      output: 0,
      cacheWrite: M,
      cacheWrite1h: M,
    });
    expect(cost?.cacheWrite).toBeCloseTo(8, 10);
  });

  it("raises all rates of a request above the long-context threshold", () => {
    const model = price("us.openai.gpt-6-sol");
    expect(priceOf(model, { input: 272_000, output: M })?.output).toBeCloseTo(11, 10);
    expect(priceOf(model, { input: 272_001, output: M })?.output).toBeCloseTo(16.5, 10);
    expect(priceOf(model, { input: 1, output: M, cacheRead: 272_000 })?.output).toBeCloseTo(16.5, 10);
  });

  it("prices an unlisted geography as the US profile, and says so", () => {
    const { price: known } = price("sa.anthropic.claude-opus-5-5");
    expect(known?.value.input).toBe(4.4);
    expect(known?.provenance).toMatchObject({ from: "rule", assumed: true });
  });

  it("knows no price of GovCloud but a listed one", () => {
    expect(price("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0").price?.value.input).toBe(3.6);
    expect(price("us-gov.anthropic.claude-opus-5-5").price).toBeUndefined();
  });

  it("is undefined where a needed rate is not known, never 0", () => {
    expect(priceOf(price("newvendor.thing"), { input: 1, output: 1 })).toBeUndefined();
    const uncached = price("meta.llama3-3-70b-instruct-v1:0");
    expect(priceOf(uncached, { input: 1, output: 1, cacheRead: 1 })).toBeUndefined();
    expect(priceOf(uncached, { input: M, output: 0 })?.total).toBeCloseTo(0.72, 10);
  });

  it("bills embeddings for their input alone", () => {
    expect(priceOf(price("amazon.titan-embed-text-v2:0"), { input: M, output: 0 })?.total).toBeCloseTo(0.02, 10);
    expect(price("amazon.titan-embed-text-v1").price?.value.input).toBe(0.1);
  });

  it.each([
    ["flex", 0.5],
    ["priority", 1.75],
    ["default", 1],
  ] as const)("bills the %s tier at %f of the standard rates, cached tokens too", (tier, proportion) => {
    const model = price("eu.amazon.nova-2-lite-v1:0");
    const usage = { input: M, output: M, cacheRead: M, cacheWrite: M };
    const standard = priceOf(model, usage);
    const cost = priceOf(model, usage, { tier });
    for (const bucket of ["input", "output", "cacheRead", "cacheWrite", "total"] as const) {
      expect(cost?.[bucket], bucket).toBeCloseTo((standard?.[bucket] ?? Number.NaN) * proportion, 10);
    }
  });

  it("knows no price of a tier the model is not known to have, nor of capacity paid by the hour", () => {
    const usage = { input: M, output: 0 };
    expect(priceOf(price("us.anthropic.claude-opus-4-7"), usage, { tier: "flex" })).toBeUndefined();
    expect(priceOf(price("us.anthropic.claude-opus-5-5"), usage, { tier: "priority" })).toBeUndefined();
    expect(price("us.anthropic.claude-sonnet-4-5-20250929-v1:0").serviceTiers?.value).toEqual(["reserved"]);
    const reserved = price("us.anthropic.claude-sonnet-4-5-20250929-v1:0");
    expect(priceOf(reserved, usage, { tier: "reserved" })).toBeUndefined();
  });

  it.each([
    ["anthropic.claude-opus-5-5", "us", 1.1],
    ["anthropic.claude-sonnet-5", "eu", 1.1],
    ["anthropic.claude-haiku-4-5-20251001-v1:0", "jp", 1.1],
    ["anthropic.claude-opus-4-5-20251101-v1:0", "eu", 1.1],
    ["openai.gpt-6-sol", "us", 1.1],
    ["openai.gpt-5.6-luna", "in", 1.1],
    ["moonshotai.kimi-k3", "us", 1.1],
    ["xai.grok-4.6", "us", 1.1],
    ["zai.glm-5.3", "us", 1.1],
    ["amazon.nova-2-lite-v1:0", "us", 1.1],
    ["amazon.nova-2-lite-v1:0", "eu", 1.25],
    ["amazon.nova-2-lite-v1:0", "jp", 1.32],
  ])("%s by %s costs %f of the global rate", (id, geography, proportion) => {
    const global = price(`global.${id}`).price?.value;
    const regional = price(`${geography}.${id}`).price?.value;
    for (const bucket of ["input", "output", "cacheRead", "cacheWrite5m"] as const) {
      if (global?.[bucket] === undefined) continue;
      // AWS rounds: 1.25 of Nova's output rate is published as 1.263.
      expect((regional?.[bucket] ?? 0) / global[bucket], bucket).toBeCloseTo(proportion, 1);
    }
    expect((regional?.input ?? 0) / (global?.input ?? 1)).toBeCloseTo(proportion, 2);
  });
});
