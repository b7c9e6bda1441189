import type { GuardrailConfiguration, GuardrailStreamConfiguration } from "@aws-sdk/client-bedrock-runtime";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { GuardrailConfig } from "./config.ts";
import { guardrailConfig, guardrailStreamConfig } from "./converse-fields.ts";
import { guardrailHeaders } from "./headers.ts";

const minimal: GuardrailConfig = { guardrailIdentifier: "abc123", guardrailVersion: "DRAFT" };
const full: GuardrailConfig = { ...minimal, streamProcessingMode: "async", trace: "enabled_full" };

describe("the fields of a request", () => {
  it("sends only what is configured", () => {
    expect(guardrailConfig(minimal)).toStrictEqual(minimal);
    expect(guardrailStreamConfig(minimal)).toStrictEqual(minimal);
    expect(guardrailStreamConfig(full)).toStrictEqual(full);
  });

  it("leaves streamProcessingMode out of Converse, which has no such field", () => {
    expect(guardrailConfig(full)).toStrictEqual({ ...minimal, trace: "enabled_full" });
  });

  it("is assignable to the AWS SDK's types", () => {
    expectTypeOf(guardrailConfig(full)).toExtend<GuardrailConfiguration>();
    expectTypeOf(guardrailStreamConfig(full)).toExtend<GuardrailStreamConfiguration>();
  });

  it("spells the headers of InvokeModel", () => {
    expect(guardrailHeaders(minimal)).toStrictEqual({
      "X-Amzn-Bedrock-GuardrailIdentifier": "abc123",
      "X-Amzn-Bedrock-GuardrailVersion": "DRAFT",
    });
    expect(guardrailHeaders(full)["X-Amzn-Bedrock-Trace"]).toBe("ENABLED_FULL");
  });
});
