import { describe, expect, it } from "vitest";
import { parseModelRef } from "./parse/parse-model-ref.ts";
import { wireId } from "./wire-id.ts";

const LISTED = [
  "anthropic.claude-opus-4-6-v1",
  "us.anthropic.claude-opus-4-6-v1",
  "us.anthropic.claude-sonnet-4-6",
  "us.anthropic.claude-haiku-4-5-20251001-v1:0",
  "eu.anthropic.claude-haiku-4-5-20251001-v1:0",
  "anthropic.claude-3-5-sonnet-20240620-v1:0",
  "anthropic.claude-3-5-sonnet-20241022-v2:0",
  "amazon.titan-embed-text-v1",
  "amazon.titan-embed-text-v1:2:8k",
  "amazon.titan-embed-text-v2:0",
  "amazon.nova-reel-v1:0",
  "amazon.nova-reel-v1:1",
  "openai.gpt-oss-20b-1:0",
  "openai.gpt-5.6-sol",
];

describe("wireId", () => {
  it.each([
    ["us.anthropic.claude-opus-4-6-v1:0", "us.anthropic.claude-opus-4-6-v1"],
    ["anthropic.claude-opus-4-6-v1:0", "anthropic.claude-opus-4-6-v1"],
    ["us.anthropic.claude-sonnet-4-6-20251001-v1:0", "us.anthropic.claude-sonnet-4-6"],
    ["us.anthropic.claude-opus-4.6", "us.anthropic.claude-opus-4-6-v1"],
    ["us.anthropic.claude-haiku-4.5", "us.anthropic.claude-haiku-4-5-20251001-v1:0"],
    ["claude-opus-4.6", "anthropic.claude-opus-4-6-v1"],
    ["gpt-oss-20b", "openai.gpt-oss-20b-1:0"],
    ["openai.gpt-5-6-sol", "openai.gpt-5.6-sol"],
    ["anthropic.claude-3-5-sonnet-20241022", "anthropic.claude-3-5-sonnet-20241022-v2:0"],
  ])("corrects %s to %s", (from, id) => {
    const ref = parseModelRef(from);
    expect(wireId(ref, { listed: LISTED })).toMatchObject({ status: "corrected", id });
  });

  it.each(LISTED)("leaves the listed %s", (id) => {
    expect(wireId(parseModelRef(id), { listed: LISTED })).toEqual({ status: "as-is", id, because: "listed" });
  });

  it.each([
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-6-v1:0",
    "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/aBc",
  ])("never rewrites %s", (id) => {
    expect(wireId(parseModelRef(id), { listed: LISTED })).toEqual({ status: "as-is", id, because: "arn" });
  });

  it.each([
    [
      "anthropic.claude-3-5-sonnet",
      ["anthropic.claude-3-5-sonnet-20240620-v1:0", "anthropic.claude-3-5-sonnet-20241022-v2:0"],
    ],
    ["amazon.nova-reel-v1", ["amazon.nova-reel-v1:0", "amazon.nova-reel-v1:1"]],
  ])("does not choose for %s", (from, candidates) => {
    expect(wireId(parseModelRef(from), { listed: LISTED })).toEqual({ status: "ambiguous", from, candidates });
  });

  it.each([
    ["another geography", "eu.anthropic.claude-opus-4-6-v1:0"],
    ["another version", "amazon.titan-embed-text-v3:0"],
    ["another date", "anthropic.claude-3-5-sonnet-20250101-v1:0"],
    ["another model", "amazon.nova-pro-v1:0"],
  ])("sends what is listed for %s only as it is", (_, id) => {
    expect(wireId(parseModelRef(id), { listed: LISTED })).toMatchObject({ status: "as-is", id, because: "unlisted" });
  });

  it("names listed ids that may have been meant", () => {
    expect(wireId(parseModelRef("us.anthropic.claude-opsu-4-6-v1"), { listed: LISTED })).toMatchObject({
      because: "unlisted",
      similar: ["us.anthropic.claude-opus-4-6-v1"],
    });
    expect(wireId(parseModelRef("eu.anthropic.claude-opus-4-6"), { listed: LISTED })).toMatchObject({
      similar: ["anthropic.claude-opus-4-6-v1", "us.anthropic.claude-opus-4-6-v1"],
    });
  });

  it("takes a bare id to the profile of the destination where only profiles are listed", () => {
    const ref = parseModelRef("anthropic.claude-haiku-4-5-20251001-v1:0");
    const id = "eu.anthropic.claude-haiku-4-5-20251001-v1:0";
    expect(wireId(ref, { listed: LISTED, geography: "eu" })).toMatchObject({ status: "corrected", id });
    expect(wireId(ref, { listed: LISTED, region: "eu-central-1" })).toMatchObject({ status: "corrected", id });
    expect(wireId(ref, { listed: LISTED })).toMatchObject({ status: "as-is", because: "unlisted" });
  });

  it("sends an id as it is when no list is known", () => {
    const id = "us.anthropic.claude-opus-4-6-v1:0";
    expect(wireId(parseModelRef(id))).toEqual({ status: "as-is", id, because: "unlisted", similar: [] });
  });
});
