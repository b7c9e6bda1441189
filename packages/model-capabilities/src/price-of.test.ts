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
});
