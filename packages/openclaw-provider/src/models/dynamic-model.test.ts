import { describe, expect, it } from "vitest";
import { BEDROCK_API, MANTLE_API } from "../ids.ts";
import { dynamicMantleModel, dynamicModel } from "./dynamic-model.ts";

const provider = "amazon-bedrock";

describe("dynamicModel", () => {
  it.each([
    "anthropic.claude-opus-4-7",
    "us.anthropic.claude-opus-4-6-v1:0",
    "global.anthropic.claude-sonnet-4-5-20250929-v1:0",
    "mistral.mistral-large-2407-v1:0",
    "somebody.quite-new-model-v9:0",
    "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6",
    "arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:provisioned-model/abc",
  ])("makes a model of %s without being asked to look it up", (modelId) => {
    const model = dynamicModel({ provider, modelId });
    expect(model).toMatchObject({ id: modelId, provider, api: BEDROCK_API });
    expect(model?.contextWindow).toBeGreaterThanOrEqual(32000);
    expect(model?.maxTokens).toBeGreaterThanOrEqual(4096);
    expect(model && URL.canParse(model.baseUrl)).toBe(true);
  });

  it("knows what the model can do by its id", () => {
    expect(dynamicModel({ provider, modelId: "us.anthropic.claude-opus-4-7" })).toMatchObject({
      reasoning: true,
      input: ["text", "image"],
    });
    expect(dynamicModel({ provider, modelId: "us.meta.llama3-3-70b-instruct-v1:0" })).toMatchObject({
      reasoning: false,
      input: ["text"],
    });
  });

  it("takes the configured limits for a model nobody knows", () => {
    const config = {
      plugins: {
        entries: {
          "amazon-bedrock": { config: { discovery: { defaultContextWindow: 64000, defaultMaxTokens: 1000 } } },
        },
      },
    };
    const model = dynamicModel({ provider, modelId: "somebody.quite-new-model-v9:0", config });
    expect(model).toMatchObject({ contextWindow: 64000, maxTokens: 1000 });
    expect(model).not.toHaveProperty("cost");
  });

  it("keeps the base URL of the provider's settings", () => {
    const providerConfig = { baseUrl: "https://vpce-0a1b.bedrock-mantle.us-east-1.vpce.amazonaws.com/v1" };
    const model = dynamicMantleModel({ provider, modelId: "openai.gpt-oss-120b", providerConfig });
    expect(model).toMatchObject({ api: MANTLE_API, baseUrl: providerConfig.baseUrl });
  });

  it("takes a Mantle model to the API it answers, beside the one of the provider's entry", () => {
    const of = (modelId: string): unknown =>
      dynamicMantleModel({
        provider,
        modelId,
        providerConfig: { baseUrl: "https://bedrock-mantle.us-east-1.api.aws/v1" },
      });
    const origin = "https://bedrock-mantle.us-east-1.api.aws";
    expect(of("openai.gpt-oss-120b")).toMatchObject({ api: MANTLE_API, baseUrl: `${origin}/v1` });
    expect(of("openai.gpt-5.4")).toMatchObject({ api: "openai-responses", baseUrl: `${origin}/openai/v1` });
    expect(of("anthropic.claude-opus-4-7")).toMatchObject({
      api: "anthropic-messages",
      baseUrl: `${origin}/anthropic`,
    });
  });

  it("leaves ids of no known shape to the host", () => {
    expect(dynamicModel({ provider, modelId: "" })).toBeUndefined();
  });
});
