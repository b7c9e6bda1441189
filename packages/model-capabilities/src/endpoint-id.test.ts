import { describe, expect, it } from "vitest";
import { endpointId } from "./endpoint-id.ts";
import { parseModelRef } from "./parse/parse-model-ref.ts";

const at = (id: string) => ({
  mantle: endpointId(parseModelRef(id), "mantle"),
  runtime: endpointId(parseModelRef(id), "runtime"),
});

describe("endpointId", () => {
  it.each([
    ["gpt-oss-120b", "openai.gpt-oss-120b", "openai.gpt-oss-120b-1:0"],
    ["openai.gpt-oss-120b", "openai.gpt-oss-120b", "openai.gpt-oss-120b-1:0"],
    ["openai.gpt-oss-120b-1:0", "openai.gpt-oss-120b", "openai.gpt-oss-120b-1:0"],
    ["amazon-bedrock-mantle/openai.gpt-oss-20b", "openai.gpt-oss-20b", "openai.gpt-oss-20b-1:0"],
    ["qwen.qwen3-32b-v1:0", "qwen.qwen3-32b", "qwen.qwen3-32b-v1:0"],
    ["qwen.qwen3-coder-30b-a3b-v1:0", "qwen.qwen3-coder-30b-a3b-instruct", "qwen.qwen3-coder-30b-a3b-v1:0"],
    ["deepseek.v3.1", "deepseek.v3.1", "deepseek.v3-v1:0"],
    ["deepseek.v3-v1:0", "deepseek.v3.1", "deepseek.v3-v1:0"],
    ["deepseek.v3.2", "deepseek.v3.2", "deepseek.v3.2"],
    ["moonshot.kimi-k2-thinking", "moonshotai.kimi-k2-thinking", "moonshot.kimi-k2-thinking"],
    ["openai.gpt-oss-safeguard-120b", "openai.gpt-oss-safeguard-120b", "openai.gpt-oss-safeguard-120b"],
    ["anthropic.claude-opus-4-7", "anthropic.claude-opus-4-7", "anthropic.claude-opus-4-7"],
    ["us.anthropic.claude-opus-4-7", "anthropic.claude-opus-4-7", "us.anthropic.claude-opus-4-7"],
    [
      "global.anthropic.claude-haiku-4-5-20251001-v1:0",
      "anthropic.claude-haiku-4-5",
      "global.anthropic.claude-haiku-4-5-20251001-v1:0",
    ],
    ["us.openai.gpt-5.6-luna", "openai.gpt-5.6-luna", "us.openai.gpt-5.6-luna"],
    ["acme.mystery-1", "acme.mystery-1", "acme.mystery-1"],
    ["nvidia.nemotron-nano-12b-v2", "nvidia.nemotron-nano-12b-v2", "nvidia.nemotron-nano-12b-v2"],
  ])("spells %s as %s at Mantle and %s at the runtime", (id, mantle, runtime) => {
    expect(at(id)).toEqual({ mantle, runtime });
  });

  it("is settled: an endpoint's id is that endpoint's id, and the way there and back is the same", () => {
    for (const id of ["openai.gpt-oss-20b", "qwen.qwen3-vl-235b-a22b-instruct", "anthropic.claude-haiku-4-5"]) {
      expect(at(at(id).runtime)).toEqual(at(id));
    }
  });

  it("leaves ARNs and what is no id as they are", () => {
    const arn = "arn:aws:bedrock:us-east-1::foundation-model/openai.gpt-oss-120b-1:0";
    expect(at(arn)).toEqual({ mantle: arn, runtime: arn });
    expect(at("???")).toEqual({ mantle: "???", runtime: "???" });
  });
});
