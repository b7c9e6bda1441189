import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { capabilitiesOf, parseModelRef } from "../src/index.ts";
import { IDS } from "./all-ids.ts";
import { ruledFields, ruleOf, ruleRows, traitText } from "./rule-rows.ts";
import { spellingsOf } from "./spellings.ts";

const ROWS = ruleRows();
const SOURCES = new URL("../src/", import.meta.url);
const GEOGRAPHIES = ["us", "eu", "apac", "jp", "au", "us-gov", "global", "sa"];

/**
 * Rules with tests of their own, because they are no trait of every spelling: prices of a geography that no table lists,
 * ARNs that name no model, and models of no known family.
 */
const ELSEWHERE = /^priced as the |^a provisioned model |^a name with thinking /;

/** Rules that a lookup can name, with the field they speak of. */
function rulesGiven(): ReadonlySet<string> {
  const given = new Set<string>();
  for (const id of IDS) {
    for (const [field, known] of ruledFields(id)) given.add(`${ruleOf(known)} | ${field}`);
  }
  return given;
}

/** Rules that the sources name in so many words. */
function rulesWritten(): readonly string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!test)\.ts$/.test(file),
  );
  return files.flatMap((file) => {
    const text = readFileSync(new URL(file, SOURCES), "utf8");
    const calls = /\b(?:byRule(?:<[^(]*>)?|limits|notConversational|invoked|yesAndNo)\(\s*"([^"]+)"/g;
    return [...text.matchAll(calls)].map((found) => found[1] ?? "");
  });
}

/** DeepSeek's, Cohere's and Luma's listed names (`r1`, `v3.2`, `embed-v4`) say nothing without their vendor. */
function tellsFamily(name: string, vendor: string): boolean {
  return capabilitiesOf(parseModelRef(name)).family === capabilitiesOf(parseModelRef(`${vendor}.${name}`)).family;
}

describe("the table of rules", () => {
  it("has a row for every rule and field that a lookup can name", () => {
    const rows = new Set(ROWS.map(({ rule, field }) => `${rule} | ${field}`));
    const lacking = [...rulesGiven()].filter((one) => !(ELSEWHERE.test(one) || rows.has(one)));
    expect(lacking).toEqual([]);
  });

  it("has a row for every rule that the sources name", () => {
    const rows = new Set(ROWS.map(({ rule }) => rule));
    const written = rulesWritten();
    expect(written.length).toBeGreaterThan(200);
    expect(written.filter((rule) => !(ELSEWHERE.test(rule) || rows.has(rule)))).toEqual([]);
  });

  it("names no rule that is gone", () => {
    const given = rulesGiven();
    expect(ROWS.filter(({ rule, field }) => !given.has(`${rule} | ${field}`))).toEqual([]);
  });
});

describe.each([...Map.groupBy(ROWS, ({ id }) => id)])("%s, in every spelling", (id, rows) => {
  const dot = id.indexOf(".");
  const vendor = id.slice(0, dot);
  const name = id.slice(dot + 1);
  const spellings = spellingsOf(vendor, name)
    .filter((spelling) => spelling !== name || tellsFamily(name, vendor))
    .map((spelling) => [spelling, ruledFields(spelling)] as const);

  it.each(rows.map((row) => [row.rule, row.field, row.trait] as const))("%s: %s %s", (rule, field, trait) => {
    const differing = spellings.flatMap(([spelling, fields]) => {
      const known = fields.get(field);
      const seen = known === undefined ? "nothing known" : `${ruleOf(known)}: ${traitText(known.value)}`;
      return seen === `${rule}: ${trait}` ? [] : [`${spelling} is ${seen}`];
    });
    expect(spellings.length).toBeGreaterThan(20);
    expect(differing).toEqual([]);
  });
});

describe("an unlisted geography's price", () => {
  it.each([
    ["sa", "anthropic.claude-opus-4-7", "us"],
    ["sa", "amazon.nova-premier-v1:0", "us"],
  ])("in %s of %s is that of %s, in every spelling of the profile", (geography, model, like) => {
    const expected = capabilitiesOf(parseModelRef(`${like}.${model}`)).price?.value;
    const profile = `${geography}.${model}`;
    const spellings = [
      profile,
      profile.toUpperCase(),
      `amazon-bedrock/${profile}`,
      `arn:aws:bedrock:sa-east-1:123456789012:inference-profile/${profile}`,
    ];
    expect(expected).toBeDefined();
    for (const spelling of spellings) {
      const { price } = capabilitiesOf(parseModelRef(spelling));
      expect(price, spelling).toEqual({
        value: expected,
        provenance: { from: "rule", rule: `priced as the ${like} id`, assumed: true },
      });
    }
  });

  it("is by a rule of that kind alone", () => {
    const others = IDS.filter((id) => /^[a-z0-9]+\.[^/]+$/.test(id)).flatMap((id) =>
      GEOGRAPHIES.flatMap((geography) => {
        const { price } = capabilitiesOf(parseModelRef(`${geography}.${id}`));
        return price?.provenance.from === "rule" && !/^priced as the /.test(price.provenance.rule)
          ? [price.provenance.rule]
          : [];
      }),
    );
    expect(others).toEqual([]);
  });
});

it.each(["us-east-1:123456789012", "eu-west-1:210987654321"])("a provisioned model in %s is provisioned", (place) => {
  for (const arn of ["aws", "aws-cn", "aws-us-gov"].map(
    (p) => `arn:${p}:bedrock:${place}:provisioned-model/abcdefghijkl`,
  )) {
    expect(capabilitiesOf(parseModelRef(arn)).invocation).toMatchObject({
      value: { onDemand: false, byProfile: false, provisioned: true },
      provenance: { rule: "a provisioned model is provisioned" },
    });
  }
  const profile = capabilitiesOf(parseModelRef(`arn:aws:bedrock:${place}:application-inference-profile/abcdefghijkl`));
  expect(profile.invocation).toBeUndefined();
});
