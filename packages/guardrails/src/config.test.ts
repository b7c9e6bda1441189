import { BedrockError } from "@clawrock/conversation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGuardrailConfig } from "./config.ts";

const path = "plugins.entries.amazon-bedrock.config.guardrail";
const minimal = { guardrailIdentifier: "abc123", guardrailVersion: "1" };

function refusal(value: unknown): BedrockError {
  try {
    parseGuardrailConfig(value, path);
  } catch (error) {
    if (error instanceof BedrockError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(value)}`);
}

describe("parseGuardrailConfig", () => {
  it("keeps what is configured and adds nothing", () => {
    expect(parseGuardrailConfig(minimal)).toStrictEqual(minimal);
    const full = { ...minimal, guardrailVersion: "DRAFT", streamProcessingMode: "async", trace: "enabled_full" };
    expect(parseGuardrailConfig(full)).toStrictEqual(full);
    expect(parseGuardrailConfig({ ...minimal, trace: undefined })).toStrictEqual(minimal);
  });

  it.each(["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso-b"])("takes ARNs of partition %s", (partition) => {
    const arn = `arn:${partition}:bedrock:eu-central-1:123456789012:guardrail/abc123`;
    expect(parseGuardrailConfig({ ...minimal, guardrailIdentifier: arn }).guardrailIdentifier).toBe(arn);
  });

  it.each([
    [undefined, "is missing"],
    [null, "is null"],
    ["", "is an empty string"],
    ["ABC", 'is "ABC"'],
    [" abc123", 'is " abc123"'],
    ["arn:aws:bedrock:us-east-1:1234:guardrail/abc", "guardrail/abc"],
    ["arn:aws:bedrock:us-east-1:123456789012:inference-profile/abc", "inference-profile/abc"],
    ["arn:aws:bedrock:us-east-1:123456789012:guardrail/ABC", "guardrail/ABC"],
    ["arn:aws:bedrock::123456789012:guardrail/abc", "bedrock::"],
    ["arn:aws:bedrock:us-east-1:123456789012:guardrail/abc\n", "guardrail/abc"],
    ["arn:aws:bedrock:us-east-1:123456789012:guardrail/abc:1", "abc:1"],
    ["arn:aws:s3:us-east-1:123456789012:guardrail/abc", "arn:aws:s3"],
    [["abc123"], "is a list"],
  ])("refuses the identifier %j", (guardrailIdentifier, said) => {
    const error = refusal({ ...minimal, guardrailIdentifier });
    expect(error.kind).toBe("invalid-config");
    expect(error.message).toContain(`${path}.guardrailIdentifier ${said.startsWith("is") ? said : "is"}`);
    expect(error.message).toContain(said);
    expect(error.fix).toContain("guardrail/abc123");
  });

  it.each(["0", "01", "123456789", "latest", "draft", "", "1.0", undefined, true])(
    "refuses the version %j",
    (guardrailVersion) => {
      const error = refusal({ ...minimal, guardrailVersion });
      expect(error.message).toContain(`${path}.guardrailVersion is`);
      expect(error.fix).toContain('"DRAFT"');
    },
  );

  it("says how to write a version given as a number", () => {
    const message = `${path}.guardrailVersion is 3, which is not usable. Write it as a string: "3".`;
    expect(refusal({ ...minimal, guardrailVersion: 3 }).message).toBe(message);
  });

  it.each([
    ["streamProcessingMode", "synchronous", '"sync" or "async"'],
    ["trace", "ENABLED", '"enabled", "disabled" or "enabled_full"'],
    ["trace", true, '"enabled", "disabled" or "enabled_full"'],
  ])("names the choices of %s when it is %j", (key, value, choices) => {
    const error = refusal({ ...minimal, [key]: value });
    expect(error.message).toContain(`${path}.${key} is ${JSON.stringify(value)}`);
    expect(error.message).toContain(choices);
  });

  it("refuses unknown keys by their path", () => {
    expect(refusal({ ...minimal, mode: "sync" }).message).toContain(`${path}.mode is not a setting of a guardrail`);
  });

  it("takes nothing from a prototype, and a key that a prototype has for an unknown one", () => {
    expect(refusal(Object.create(minimal)).message).toContain(`${path}.guardrailIdentifier is missing`);
    for (const key of ["__proto__", "constructor", "toString"]) {
      const value: unknown = JSON.parse(`{ "guardrailIdentifier": "abc123", "guardrailVersion": "1", "${key}": {} }`);
      expect(refusal(value).message).toContain(`${path}.${key} is not a setting of a guardrail`);
    }
  });

  it.each([undefined, null, "abc123", 7, [], true])("refuses %j instead of an object", (value) => {
    expect(refusal(value).message).toMatch(/guardrail is (missing|null|"abc123"|7|a list|true)/u);
  });

  it("either parses or refuses with one line of kind invalid-config, whatever comes in", () => {
    const keys = fc.constantFrom("guardrailIdentifier", "guardrailVersion", "trace", "streamProcessingMode", "x");
    const anything = fc.oneof(fc.anything(), fc.dictionary(keys, fc.oneof(fc.anything(), fc.string())));
    fc.assert(
      fc.property(anything, (value) => {
        try {
          const parsed = parseGuardrailConfig(value, path);
          expect(parseGuardrailConfig(parsed)).toStrictEqual(parsed);
        } catch (error) {
          expect(error).toBeInstanceOf(BedrockError);
          expect(error).toMatchObject({ kind: "invalid-config" });
          expect(String(error)).not.toMatch(/[\r\n]/u);
        }
      }),
    );
  });
});
