import type { AssistantMessage, Message, ToolResultMessage } from "@clawrock/conversation";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { answer, png } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import { sharedCapabilities } from "../model/shared-capabilities.ts";
import type { ConverseRequest, ResolvedModel } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const NOVA = "amazon.nova-lite-v1:0";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const OPUS_46 = "us.anthropic.claude-opus-4-6-v1";
const OPUS_47 = "us.anthropic.claude-opus-4-7";
const SONNET_5 = "us.anthropic.claude-sonnet-5";
const OPUS_5 = "us.anthropic.claude-opus-5";

const user = (content: Extract<Message, { role: "user" }>["content"]): Message => ({
  role: "user",
  content,
  timestamp: 0,
});
const result = (toolCallId: string, content: ToolResultMessage["content"]): Message => ({
  role: "toolResult",
  toolCallId,
  toolName: "look",
  content,
  isError: false,
  timestamp: 0,
});
const call = (id: string, input: unknown = {}) => ({ type: "toolCall", id, name: "look", arguments: input });
const tool = (name: string) => ({ name, description: "Looks.", parameters: { type: "object", properties: {} } });
const look = tool("look");

const built = (model: string | ResolvedModel, request: Partial<ConverseRequest> = {}) => {
  const resolved = typeof model === "string" ? readModel(model) : model;
  return buildRequest({ model: resolved, messages: [user("hi")], cacheRetention: "none", ...request }, resolved);
};
const build = (model: string | ResolvedModel, request?: Partial<ConverseRequest>) => built(model, request).input;
const fields = (model: string, request?: Partial<ConverseRequest>) =>
  build(model, request).additionalModelRequestFields;
const blocks = (model: string, messages: Message[], request?: Partial<ConverseRequest>) =>
  build(model, { messages, tools: [look], ...request }).messages?.flatMap(({ content }) => content ?? []) ?? [];

describe("sampling", () => {
  it.each([
    "anthropic.claude-opus-4-7",
    OPUS_47,
    "eu.anthropic.claude-opus-4-7",
    "us.anthropic.claude-opus-4.7",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-7",
  ])("drops temperature for Opus 4.7 as %s, and says so", (model) => {
    const { input, changes } = built(model, { temperature: 0.5 });
    expect(input.inferenceConfig).toBeUndefined();
    expect(changes).toEqual([{ kind: "option-left-out", option: "temperature", reason: "the model takes none" }]);
  });

  it("keeps temperature for Opus 4.6 with thinking off", () => {
    expect(build(OPUS_46, { temperature: 0.5, thinking: "off" }).inferenceConfig).toEqual({ temperature: 0.5 });
    expect(build(OPUS_46, { temperature: 0.5, thinking: "high" }).inferenceConfig).toBeUndefined();
  });

  it("sends topK where each family wants it, and nowhere else", () => {
    expect(fields(SONNET, { topK: 20 })).toEqual({ top_k: 20 });
    expect(fields(NOVA, { topK: 20 })).toEqual({ inferenceConfig: { topK: 20 } });
    expect(built(OPUS_47, { topK: 20 }).changes).toMatchObject([{ option: "topK" }]);
  });
});

describe("thinking", () => {
  it("keeps max and xhigh apart on Opus 4.7", () => {
    for (const level of ["xhigh", "max"] as const) {
      expect(fields(OPUS_47, { thinking: level })).toMatchObject({ output_config: { effort: level } });
    }
  });

  it("sends high for xhigh on Opus 4.6, and says so", () => {
    expect(fields(OPUS_46, { thinking: "xhigh" })).toMatchObject({ output_config: { effort: "high" } });
    expect(built(OPUS_46, { thinking: "xhigh" }).changes).toMatchObject([
      { kind: "option-changed", option: "thinking" },
    ]);
  });

  it("sends low for off on Sonnet 5, which always thinks", () => {
    expect(fields(SONNET_5, { thinking: "off" })).toMatchObject({
      thinking: { type: "adaptive" },
      output_config: { effort: "low" },
    });
  });

  it("sends high on Opus 5 when nothing is said, and disables it when off is", () => {
    expect(fields(OPUS_5)).toEqual({
      thinking: { type: "adaptive", display: "summarized" },
      output_config: { effort: "high" },
    });
    expect(fields(OPUS_5, { thinking: "off" })).toEqual({ thinking: { type: "disabled" } });
  });

  it("asks GovCloud for no display of the thinking", () => {
    expect(fields("us-gov.anthropic.claude-opus-4-7", { thinking: "high" })).toMatchObject({
      thinking: { type: "adaptive" },
    });
    expect(JSON.stringify(fields("us-gov.anthropic.claude-opus-4-7", { thinking: "high" }))).not.toContain("display");
  });

  it("does not think within a limit of 1024 tokens, and says so", () => {
    const { input, changes } = built(SONNET, { thinking: "high", maxTokens: 1024 });
    expect(input.additionalModelRequestFields).toBeUndefined();
    expect(input.inferenceConfig).toEqual({ maxTokens: 1024 });
    expect(changes).toMatchObject([{ kind: "option-left-out", option: "thinking" }]);
  });

  it("takes the caller's limit before the model's, and the model's before a larger one", () => {
    expect(build(SONNET, { maxTokens: 500 }).inferenceConfig).toEqual({ maxTokens: 500 });
    expect(build(SONNET, { maxTokens: 900_000 }).inferenceConfig).toEqual({ maxTokens: 64_000 });
    expect(built(SONNET, { maxTokens: 900_000 }).changes).toMatchObject([{ option: "maxTokens" }]);
    expect(fields(SONNET, { thinking: "max", maxTokens: 4000 })).toMatchObject({ thinking: { budget_tokens: 2976 } });
  });

  it("leaves the caller's own fields alone, but for what an option says", () => {
    const own = { thinking: { type: "adaptive" }, anthropic_beta: ["some-beta"], container: { id: "c" } };
    expect(fields(SONNET_5, { additionalModelRequestFields: own })).toEqual(own);
    expect(fields(SONNET_5, { additionalModelRequestFields: own, thinking: "medium" })).toEqual({
      ...own,
      thinking: { type: "adaptive", display: "summarized" },
      output_config: { effort: "medium" },
    });
    const beta = fields(SONNET, { additionalModelRequestFields: own, thinking: "low", tools: [look] });
    expect(beta).toMatchObject({ anthropic_beta: ["some-beta", "interleaved-thinking-2025-05-14"] });
  });
});

describe("prompt caching", () => {
  it("sets no point for a Nova without a prompt cache", () => {
    const { input, changes } = built("amazon.nova-sonic-v1:0", { system: "s", cacheRetention: "short" });
    expect(JSON.stringify(input)).not.toContain("cachePoint");
    expect(changes).toEqual([]);
  });

  it("sets no point for a profile one of whose targets has no prompt cache", () => {
    const records = [SONNET, "us.meta.llama3-3-70b-instruct-v1:0"].map((id) => capabilitiesOf(parseModelRef(id)));
    const capabilities = sharedCapabilities(records);
    if (!capabilities) throw new Error("no capabilities");
    const model = { ...readModel(SONNET), capabilities };
    const points = [{ type: "text" as const, text: "s" }, { type: "cachePoint" as const }];
    const { input, changes } = built(model, { system: points, cacheRetention: "short" });
    expect(JSON.stringify(input)).not.toContain("cachePoint");
    expect(changes).toMatchObject([{ kind: "option-left-out", option: "system.cachePoint" }]);
    expect(JSON.stringify(build(SONNET, { system: "s", cacheRetention: "short" }))).toContain("cachePoint");
  });

  it("sets no point behind volatile context, nor in a later turn", () => {
    const context: Message = { role: "user", content: "now", timestamp: 0, runtimeContextCarrier: true };
    const messages = [user("hi"), context, answer([{ type: "text", text: "yes" }], NOVA), user("more")];
    const { messages: sent } = build(SONNET, { messages, cacheRetention: "short" });
    expect(sent?.map(({ content }) => content?.map((block) => Object.keys(block)[0]))).toEqual([
      ["text", "cachePoint", "text"],
      ["text"],
      ["text"],
    ]);
  });
});

describe("tools", () => {
  it("keeps the caller's order, and changes nothing it was given", () => {
    const tools = ["zoom", "add", "look"].map(tool);
    const before = structuredClone(tools);
    const names = () => build(NOVA, { tools }).toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name);
    expect(names()).toEqual(["zoom", "add", "look"]);
    expect(names()).toEqual(names());
    expect(tools).toEqual(before);
  });

  it("tells the history of tools as text when none are offered", () => {
    const messages = [
      user("x"),
      answer([call("a", { city: "Rome" })], NOVA),
      result("a", [{ type: "text", text: "sun" }]),
    ];
    const { input, changes } = built(NOVA, { messages });
    expect(input.toolConfig).toBeUndefined();
    expect(input.messages?.slice(1)).toEqual([
      { role: "assistant", content: [{ text: '[called look with {"city":"Rome"}]' }] },
      { role: "user", content: [{ text: "[result of look]" }, { text: "sun" }] },
    ]);
    expect(changes.map(({ kind }) => kind)).toEqual(["tools-as-text", "tools-as-text"]);
  });

  it.each([["{broken"], [null], [[1]], [7]])("makes {} of the stored arguments %j", (stored) => {
    const messages = [user("x"), answer([call("a", stored)], NOVA), result("a", [{ type: "text", text: "sun" }])];
    expect(blocks(NOVA, messages)[1]).toMatchObject({ toolUse: { input: {} } });
    expect(built(NOVA, { messages, tools: [look] }).changes).toMatchObject([
      { kind: "arguments-mended", message: 1, block: 0 },
    ]);
  });

  it("reads stored arguments that are JSON text", () => {
    const messages = [
      user("x"),
      answer([call("a", '{"city":"Rome"}')], NOVA),
      result("a", [{ type: "text", text: "sun" }]),
    ];
    expect(blocks(NOVA, messages)[1]).toMatchObject({ toolUse: { input: { city: "Rome" } } });
  });

  it("says (no output) for an empty image", () => {
    const empty = { type: "image" as const, data: "", mimeType: "image/png" };
    const messages = [user("x"), answer([call("a")], SONNET), result("a", [empty])];
    expect(blocks(SONNET, messages)[2]).toMatchObject({ toolResult: { content: [{ text: "(no output)" }] } });
  });
});

describe("content", () => {
  it("says that audio was left out", () => {
    const audio = { type: "audio", data: "AAAA", mimeType: "audio/wav" } as never;
    expect(blocks(NOVA, [user([audio])])).toEqual([{ text: "(An audio clip was left out: Converse takes none.)" }]);
  });

  it("gives redacted reasoning back byte by byte", () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
    const thinking = { type: "thinking", thinking: "", thinkingSignature: bytes.toString("base64"), redacted: true };
    const [, block] = blocks(SONNET, [user("x"), answer([thinking, { type: "text", text: "a" }], SONNET), user("y")]);
    expect(Buffer.from(block?.reasoningContent?.redactedContent ?? []).equals(bytes)).toBe(true);
  });

  it("keeps thinking that is a signature alone", () => {
    const thinking = { type: "thinking", thinking: "", thinkingSignature: "sig" };
    const [, block] = blocks(OPUS_47, [user("x"), answer([thinking, { type: "text", text: "a" }], OPUS_47), user("y")]);
    expect(block).toEqual({ reasoningContent: { reasoningText: { text: "", signature: "sig" } } });
  });

  it("tells Nova the signed thinking of Claude as text", () => {
    const thinking = { type: "thinking", thinking: "hm", thinkingSignature: "sig" };
    const messages = [user("x"), answer([thinking, { type: "text", text: "a" }], SONNET), user("y")];
    expect(blocks(NOVA, messages)[1]).toEqual({ text: "hm" });
    expect(built(NOVA, { messages }).changes).toMatchObject([{ kind: "thinking-as-text", message: 1, block: 0 }]);
  });

  it("leaves each part of a signed turn in its place, blanks too", () => {
    const thinking = { type: "thinking", thinking: "hm", thinkingSignature: "sig" };
    const said: AssistantMessage = answer(
      [thinking, { type: "text", text: "" }, { ...thinking, thinking: "ah" }, { type: "text", text: "a" }],
      SONNET,
    );
    const sent = blocks(SONNET, [user("x"), said, user("y")]).slice(1, 5);
    expect(sent.map((block) => Object.keys(block)[0])).toEqual([
      "reasoningContent",
      "text",
      "reasoningContent",
      "text",
    ]);
  });

  it("sniffs the format of an image that lies about its type", () => {
    const image = { type: "image" as const, data: png("x"), mimeType: "image/jpeg" };
    const { input, changes } = built(SONNET, { messages: [user([image])] });
    expect(input.messages?.[0]?.content?.[0]?.image?.format).toBe("png");
    expect(changes).toMatchObject([{ kind: "media-format-corrected", message: 0, block: 0 }]);
  });
});

it("sends the caller's service tier beside a guardrail", () => {
  const model = readModel("us.amazon.nova-2-lite-v1:0");
  const guardrail = { guardrailIdentifier: "abc123", guardrailVersion: "1" };
  const request = { model, messages: [user("hi")], serviceTier: "priority" as const };
  expect(buildRequest(request, model, guardrail).input).toMatchObject({
    serviceTier: { type: "priority" },
    guardrailConfig: guardrail,
  });
});

it("leaves out a tier the model is not offered at, and says so", () => {
  const { input, changes } = built(OPUS_47, { serviceTier: "flex" });
  const known = capabilitiesOf(parseModelRef(OPUS_47)).serviceTiers;
  expect(input.serviceTier).toEqual(known ? undefined : { type: "flex" });
  expect(changes.length).toBe(known ? 1 : 0);
});
