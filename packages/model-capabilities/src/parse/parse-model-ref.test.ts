import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SYNTHETIC_IDS } from "../../test/synthetic-ids.ts";
import { capabilitiesOf } from "../capabilities/capabilities-of.ts";
import { baseModelId, formatModelRef } from "./format-model-ref.ts";
import { parseModelRef } from "./parse-model-ref.ts";

const ARN_FORM = "not an ARN of the form arn:partition:service:region:account:type/id";
const PREFIXES = ["amazon-bedrock/", "bedrock/", "aws-bedrock/", "amazon-bedrock-mantle/", "Amazon-Bedrock/bedrock/"];

/** Text that is nearly an id, so that the property reaches every branch of the grammar. */
const nearlyAnId = fc
  .array(
    fc.constantFrom(
      "us",
      "eu-x",
      ".",
      "..",
      ":",
      "-",
      "/",
      "v1",
      "anthropic",
      "claude-opus-4",
      "7",
      "0",
      "arn:aws:bedrock:",
      "foundation-model/",
      "24k",
      "é",
      " ",
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));

describe("parseModelRef", () => {
  it("never throws, and gives a reason where it gives up", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), nearlyAnId), (text) => {
        const ref = parseModelRef(text);
        if (ref.kind !== "unknown") return;
        expect(ref.raw).toBe(text);
        expect(ref.reason).not.toBe("");
      }),
      { numRuns: 2000 },
    );
  });

  it("reads what it writes as the same ref", () => {
    fc.assert(
      fc.property(nearlyAnId, (text) => {
        const ref = parseModelRef(text);
        if (ref.kind !== "unknown") expect(parseModelRef(formatModelRef(ref))).toEqual(ref);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(SYNTHETIC_IDS)("gives %s back from its fields", (id) => {
    const ref = parseModelRef(id);
    expect(ref.kind).not.toBe("unknown");
    expect(formatModelRef(ref)).toBe(id);
  });

  it.each([
    "claude-constructor-1",
    "anthropic.claude-tostring-9-1",
    "constructor",
    "valueof.constructor",
    "gpt-oss-v1",
  ])("gives %s a record, whatever objects inherit", (id) => {
    expect(capabilitiesOf(parseModelRef(id)).input.value).toContain("text");
  });

  it("always gives a record", () => {
    fc.assert(
      fc.property(nearlyAnId, (text) => {
        expect(capabilitiesOf(parseModelRef(text)).reasoning.value.mode).toBeTypeOf("string");
      }),
      { numRuns: 1000 },
    );
  });

  it("is stable under host prefixes, case and space", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SYNTHETIC_IDS), fc.constantFrom(...PREFIXES), (id, prefix) => {
        const ref = parseModelRef(id);
        expect(parseModelRef(`${prefix}${id} `)).toEqual(ref);
        if (!id.startsWith("arn:")) expect(parseModelRef(id.toUpperCase())).toEqual(ref);
        expect(capabilitiesOf(parseModelRef(prefix + id))).toEqual(capabilitiesOf(ref));
      }),
    );
  });

  it.each([
    ["anthropic.claude-opus-4.7", "anthropic.claude-opus-4-7"],
    ["us.anthropic.claude-sonnet-4.6", "us.anthropic.claude-sonnet-4-6"],
    ["claude-haiku-4.5", "claude-haiku-4-5"],
    ["meta.llama3.3-70b-instruct-v1:0", "meta.llama3-3-70b-instruct-v1:0"],
    ["anthropic.claude-haiku-4-5@20251001", "anthropic.claude-haiku-4-5-20251001"],
    ["openai.gpt-5.6-sol", "openai.gpt-5.6-sol"],
  ])("writes %s as %s", (given, canonical) => {
    expect(formatModelRef(parseModelRef(given))).toBe(canonical);
  });

  it.each([
    ["us.anthropic.claude-opus-4-7", "us", "anthropic"],
    ["sa.newvendor.thing-v1:0", "sa", "newvendor"],
    ["us-gov.amazon.nova-pro-v1:0", "us-gov", "amazon"],
    ["verylonggeo.anthropic.claude-opus-5", "verylonggeo", "anthropic"],
    ["us.claude-opus-4-7", "us", undefined],
  ])("finds the geography of %s", (id, geography, vendor) => {
    expect(parseModelRef(id)).toMatchObject({ kind: "inference-profile", geography, model: { vendor } });
  });

  it.each([
    "openai.gpt-5.6-sol",
    "minimax-m2.1",
    "gpt-5.6-sol",
    "deepseek.v3.2",
    "newvendor.thing",
    "longvendorname.thing.more",
  ])("sees no geography in %s", (id) => {
    expect(parseModelRef(id).kind).toBe("foundation-model");
  });

  it.each([
    ["", "the id is empty"],
    ["amazon-bedrock/", "the id is empty"],
    ["anthropic/claude-opus-4.7", "a slash occurs in ARNs only"],
    ["anthropic..claude", "an empty part between two dots"],
    ["what is this?", "a model id holds letters, digits, dots, hyphens and colons only"],
    ["amazon.nova-pro-v1:0:24k:x", "more than two colons"],
    ["arn:aws:bedrock:us-east-1:123456789012:guardrail/abc", "an ARN of a guardrail, which is not a model"],
    ["arn:aws:s3:::bucket/key", "an ARN of s3, not of a Bedrock model"],
    ["arn:aws:bedrock:us-east-1", ARN_FORM],
    ["arn:azure:bedrock:us-east-1:123456789012:prompt/a", `${ARN_FORM}: azure is no partition of AWS`],
    ["arn:aws:bedrock:us_east:123456789012:prompt/a", `${ARN_FORM}: us_east is no region`],
    ["arn:aws:bedrock:us-east-1:1:prompt/a", `${ARN_FORM}: the account 1 is not twelve digits`],
    ["arn:aws:bedrock:us-east-1:123456789012:prompt", `${ARN_FORM}: the type or the id of the resource is missing`],
  ])("refuses %j: %s", (id, reason) => {
    expect(parseModelRef(id)).toEqual({ kind: "unknown", raw: id, reason });
  });

  it("keeps the case of resource ids in ARNs, in any case of the rest", () => {
    const ref = parseModelRef("ARN:aws:Bedrock:US-EAST-1:123456789012:Application-Inference-Profile/aBcD");
    expect(ref).toEqual({
      kind: "application-inference-profile",
      resourceId: "aBcD",
      arn: { partition: "aws", service: "bedrock", region: "us-east-1", accountId: "123456789012" },
    });
  });
});

describe("baseModelId", () => {
  it.each([
    ["us.anthropic.claude-opus-4-6-v1", "anthropic.claude-opus-4-6-v1"],
    ["amazon.nova-pro-v1:0:24k", "amazon.nova-pro-v1:0"],
    ["gpt-oss-20b", "openai.gpt-oss-20b"],
    ["arn:aws:bedrock:us-east-1:123456789012:provisioned-model/abc", undefined],
  ])("of %s is %s", (id, base) => {
    expect(baseModelId(parseModelRef(id))).toBe(base);
  });
});
