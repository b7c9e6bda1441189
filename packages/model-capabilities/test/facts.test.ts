import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SOURCES } from "../src/facts/generated/table.ts";
import { FACT_OVERRIDES } from "../src/facts/overrides.ts";
import { factRow, factRowKeys } from "../src/facts/rows.ts";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";
import { isKnownVendor } from "../src/parse/vendors.ts";
import { predictions, report } from "./leave-one-out.ts";

const ROWS = factRowKeys().map((key) => [key, factRow(key) ?? {}] as const);
const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Tables are padded by the formatter. */
function unpadded(markdown: string): string {
  return markdown.replace(/ +/g, " ").replace(/-+/g, "-").replaceAll("| -", "|-").replaceAll("- |", "-|");
}

describe("the facts table", () => {
  it("is sorted, dated and has a source for each figure", () => {
    const keys = factRowKeys();
    expect(keys).toEqual([...keys].sort());
    for (const source of SOURCES) expect(source.date).toMatch(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/);
    for (const [key, row] of ROWS) {
      const sources = [
        row.context?.[1],
        row.maxOutput?.[1],
        ...Object.values(row.price ?? {}).map(([source]) => source),
      ];
      for (const source of sources) if (source !== undefined) expect(SOURCES[source], key).toBeDefined();
    }
  });

  it("has one row for a model, or one for each major version, never both", () => {
    const keys = new Set(factRowKeys());
    const byMajor = [...keys].filter((key) => key.includes("@"));
    expect(byMajor.length).toBeGreaterThan(1);
    expect(byMajor.filter((key) => keys.has(key.slice(0, key.indexOf("@"))))).toEqual([]);
    expect(byMajor.filter((key) => !/@[1-9][0-9]*$/.test(key))).toEqual([]);
  });

  it("has rows of vendors that the grammar knows, for others are not looked up", () => {
    const vendors = new Set(factRowKeys().map((key) => key.slice(0, key.indexOf("."))));
    expect([...vendors].filter((vendor) => !isKnownVendor(vendor))).toEqual([]);
  });

  it("holds no figure of 0 but the output rate of embeddings", () => {
    for (const [key, row] of ROWS) {
      const figures = [row.context?.[0], row.maxOutput?.[0]];
      for (const [, input, output, ...cached] of Object.values(row.price ?? {})) {
        figures.push(input, ...cached.filter((rate) => rate !== null));
        if (!key.includes("embed")) figures.push(output);
      }
      for (const figure of figures) if (figure !== undefined) expect(figure, key).toBeGreaterThan(0);
    }
  });

  it("is never contradicted by a rule without a decision", () => {
    const contradicted = predictions().filter((one) => one.verdict === "other");
    expect(contradicted.map(({ key, figure, fact, rule }) => `${key} ${figure}: fact ${fact}, rule ${rule}`)).toEqual(
      [],
    );
  });

  it("is predicted by the rules as the README says", () => {
    expect(unpadded(README)).toContain(unpadded(report(predictions())));
  });

  it("marks its figures as facts with source and date", () => {
    const known = capabilitiesOf(parseModelRef("us.anthropic.claude-opus-4-7"));
    expect(known.contextWindow).toEqual({
      value: 1_000_000,
      provenance: { from: "fact", source: "pi-ai", date: "2026-11-10" },
    });
    expect(known.displayName?.value).toBe("Claude Opus 4.7");
    expect(known.serviceTiers?.value).toEqual([]);
    expect(capabilitiesOf(parseModelRef("openai.gpt-oss-20b")).displayName?.value).toBe(
      capabilitiesOf(parseModelRef("openai.gpt-oss-20b-1:0")).displayName?.value,
    );
  });
});

describe("decisions by hand", () => {
  it.each(Object.entries(FACT_OVERRIDES))("for %s stand on a row, with page, day and reason", (key, decision) => {
    expect(factRow(key), "no such row: the decision is moot").toBeDefined();
    expect(decision.url).toMatch(/^https:\/\//);
    expect(decision.date).toMatch(/^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/);
    expect(decision.why.length).toBeGreaterThan(10);
    const geographies = Object.keys(factRow(key)?.price ?? {}).flatMap((names) => names.split(","));
    for (const geography of Object.keys(decision.price ?? {})) expect(geographies).toContain(geography);
  });

  it("outrank the table", () => {
    const known = capabilitiesOf(parseModelRef("eu.anthropic.claude-opus-4-5-20251101-v1:0"));
    expect(known.price?.value).toMatchObject({
      input: 5.5,
      output: 27.5,
      cacheRead: 0.55,
      cacheWrite5m: 6.875,
      cacheWrite1h: 11,
    });
    expect(known.price?.provenance).toMatchObject({ from: "fact", source: expect.stringContaining("https://") });
    expect(capabilitiesOf(parseModelRef("twelvelabs.marengo-embed-2-7-v1:0")).price).toBeUndefined();
  });
});

describe("a later major version of a listed name", () => {
  it.each([
    "amazon.nova-lite-v2:0",
    "cohere.embed-v5:0",
    "cohere.embed-english-v4",
    "amazon.titan-embed-text-v3:0",
    "meta.llama3-3-70b-instruct-v2:0",
  ])("has no facts of the listed one: %s", (id) => {
    const known = capabilitiesOf(parseModelRef(id));
    expect(known.price).toBeUndefined();
    expect(known.contextWindow?.provenance).toMatchObject({ from: "rule", assumed: true });
  });

  it.each([
    "amazon.nova-lite-v1:0",
    "amazon.nova-lite",
    "nvidia.nemotron-nano-9b-v2",
    "cohere.embed-english-v3",
    "amazon.titan-embed-text-v2:0",
    "mistral.mistral-7b-instruct-v0:2",
  ])("is not what is listed: %s", (id) => {
    expect(capabilitiesOf(parseModelRef(id)).price?.provenance.from).toBe("fact");
  });
});
