import { describe, expect, it } from "vitest";
import { readModel } from "../model/read-model.ts";
import type { ConverseRequest } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const NOVA_PRO = "us.amazon.nova-pro-v1:0";
const NOVA = "amazon.nova-lite-v1:0";

function built(id: string, request: Partial<ConverseRequest>) {
  const model = readModel(id);
  const messages = [{ role: "user" as const, content: "hi", timestamp: 0 }];
  return buildRequest({ model, messages, cacheRetention: "none", ...request }, model);
}

describe("what surrounds the conversation", () => {
  it("is sent as it was given", () => {
    const { input, changes } = built(NOVA_PRO, {
      latency: "optimized",
      serviceTier: "default",
      requestMetadata: { team: "maps", cost: "a/b c" },
      additionalModelResponseFieldPaths: ["/stop_sequence"],
      additionalModelRequestFields: { some_field: [1] },
    });
    expect(input).toMatchObject({
      performanceConfig: { latency: "optimized" },
      serviceTier: { type: "default" },
      requestMetadata: { team: "maps", cost: "a/b c" },
      additionalModelResponseFieldPaths: ["/stop_sequence"],
      additionalModelRequestFields: { some_field: [1] },
    });
    expect(changes).toEqual([]);
  });

  it("loses an optimized latency that the model does not have, and says so", () => {
    const { input, changes } = built(NOVA, { latency: "optimized" });
    expect(input.performanceConfig).toBeUndefined();
    expect(changes).toMatchObject([{ kind: "option-left-out", option: "latency" }]);
  });

  it("is empty where nothing is given", () => {
    const empty = {
      requestMetadata: {},
      additionalModelResponseFieldPaths: [],
      additionalModelRequestFields: {},
      promptVariables: {},
    };
    expect(Object.keys(built(NOVA, empty).input)).toEqual(["modelId", "messages"]);
  });

  it("is all that a stored prompt takes, with its variables", () => {
    const arn = "arn:aws:bedrock:us-east-1:123456789012:prompt/ABCDEFGHIJ:1";
    const { input } = built(arn, { promptVariables: { city: "Rome" }, system: "s", temperature: 0.5, maxTokens: 5 });
    expect(Object.keys(input).toSorted()).toEqual(["messages", "modelId", "promptVariables"]);
    expect(input.promptVariables).toEqual({ city: { text: "Rome" } });
  });

  it("carries no typed option in the additional fields but thinking and topK, which Converse has no field for", () => {
    const all = {
      temperature: 0.5,
      topP: 0.5,
      maxTokens: 5,
      stopSequences: ["END"],
      topK: 3,
      thinking: "low" as const,
    };
    for (const id of [
      NOVA,
      "us.amazon.nova-2-lite-v1:0",
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "openai.gpt-oss-120b-1:0",
    ]) {
      const fields = Object.keys({ ...Object(built(id, all).input.additionalModelRequestFields) });
      const known = [
        "thinking",
        "output_config",
        "anthropic_beta",
        "top_k",
        "inferenceConfig",
        "reasoningConfig",
        "reasoning_effort",
      ];
      expect(fields.filter((field) => !known.includes(field))).toEqual([]);
    }
  });
});
