import type { AssistantMessage, Message, ToolResultMessage } from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { readModel } from "../model/read-model.ts";
import type { ConverseRequest } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const user = (content: string): Message => ({ role: "user", content, timestamp: 0 });
const assistant = (content: AssistantMessage["content"], model: string): AssistantMessage => ({
  role: "assistant",
  content,
  api: "bedrock-converse-stream",
  provider: "amazon-bedrock",
  model,
  usage: emptyUsage(),
  stopReason: "stop",
  timestamp: 0,
});
const result = (toolCallId: string, text: string): ToolResultMessage => ({
  role: "toolResult",
  toolCallId,
  toolName: "get_weather",
  content: [{ type: "text", text }],
  isError: false,
  timestamp: 0,
});
const weather = {
  name: "get_weather",
  description: "Weather of a city",
  parameters: { properties: { city: { type: "string" } } },
};
const call = (id: string) => ({ type: "toolCall" as const, id, name: "get_weather", arguments: { city: "Berlin" } });

const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const OPUS_47 = "global.anthropic.claude-opus-4-7";
const NOVA = "amazon.nova-lite-v1:0";
const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";

const build = (model: string, request: Partial<ConverseRequest>) => {
  const whole = { model, messages: [user("hi")], ...request };
  return buildRequest(whole, readModel(model)).input;
};

describe("messages", () => {
  it("puts results and the user's further words into one user turn, results first", () => {
    const messages = [
      user("weather?"),
      assistant([call("a"), call("b")], NOVA),
      result("b", "rain"),
      result("a", "sun"),
      user("context"),
    ];
    const built = build(NOVA, { messages, tools: [weather], cacheRetention: "none" });
    expect(built.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(built.messages?.[2]?.content).toMatchObject([
      { toolResult: { toolUseId: "b", content: [{ text: "rain" }] } },
      { toolResult: { toolUseId: "a", content: [{ text: "sun" }] } },
      { text: "context" },
    ]);
  });

  it("gives a call without a result one that says so", () => {
    const built = build(NOVA, { messages: [user("x"), assistant([call("a")], NOVA), user("go on")], tools: [weather] });
    expect(built.messages?.[2]?.content?.[0]).toMatchObject({ toolResult: { toolUseId: "a", status: "error" } });
  });

  it("keeps what an orphaned result said, as text", () => {
    const built = build(NOVA, {
      messages: [user("x"), result("gone", "rain")],
      tools: [weather],
      cacheRetention: "none",
    });
    expect(built.messages).toEqual([
      { role: "user", content: [{ text: "x" }, { text: "Result of tool get_weather:" }, { text: "rain" }] },
    ]);
  });

  it("tells tool history as text when no tools are offered", () => {
    const built = build(NOVA, { messages: [user("x"), assistant([call("a")], NOVA), result("a", "sun")] });
    expect(built.toolConfig).toBeUndefined();
    expect(JSON.stringify(built.messages)).not.toMatch(/toolUse|toolResult/u);
    expect(JSON.stringify(built.messages)).toContain("sun");
  });

  it("drops blank text and begins with the user", () => {
    const built = build(NOVA, {
      messages: [assistant([{ type: "text", text: "Hello" }], NOVA), user("  "), user("hi")],
      cacheRetention: "none",
    });
    expect(built.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(built.messages?.[2]?.content).toMatchObject([{ text: "hi" }]);
  });

  it("sends ids and names in the service's alphabet", () => {
    const odd = { type: "toolCall" as const, id: "call|1/ü", name: "my tool!", arguments: {} };
    const answer = { ...result("call|1/ü", "ok"), toolName: "my tool!" };
    const built = build(NOVA, {
      messages: [user("x"), assistant([odd], NOVA), answer],
      tools: [{ ...weather, name: "my tool!" }],
    });
    const { toolUseId, name } = built.messages?.[1]?.content?.[0]?.toolUse ?? {};
    expect(toolUseId).toMatch(/^call_1___[0-9a-z]{7}$/u);
    expect(name).toMatch(/^my_tool__[0-9a-z]{7}$/u);
    expect(built.messages?.[2]?.content?.[0]?.toolResult?.toolUseId).toBe(toolUseId);
    expect(built.toolConfig?.tools?.[0]?.toolSpec?.name).toBe(name);
  });

  it("keeps apart what would become one", () => {
    const tools = ["fs.read", "fs_read", "fs/read"].map((name) => ({ ...weather, name }));
    const names = build(NOVA, { tools }).toolConfig?.tools?.map(({ toolSpec }) => toolSpec?.name);
    expect(new Set(names).size).toBe(3);
    const calls = [call("call_0"), call("call_0"), call("call/1"), call("call|1")];
    const results = calls.map(({ id }, n) => result(id, `result ${n}`));
    const built = build(NOVA, { messages: [user("x"), assistant(calls, NOVA), ...results], tools: [weather] });
    const ids = built.messages?.[1]?.content?.map(({ toolUse }) => toolUse?.toolUseId);
    expect(new Set(ids).size).toBe(4);
    expect(built.messages?.[2]?.content?.slice(0, 4)).toMatchObject(
      (ids ?? []).map((toolUseId, n) => ({ toolResult: { toolUseId, content: [{ text: `result ${n}` }] } })),
    );
  });

  it("gives words and calls turns of their own where a model wants that", () => {
    const said = assistant([{ type: "text", text: "Let me look." }, call("a")], LLAMA);
    const built = build(LLAMA, { messages: [user("x"), said, result("a", "sun")], tools: [weather] });
    expect(built.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant", "user"]);
    expect(built.messages?.[1]?.content).toEqual([{ text: "Let me look." }]);
    expect(built.messages?.[3]?.content).toHaveLength(1);
  });

  it("joins the turns around one that the model takes in no form", () => {
    const redacted = { type: "thinking" as const, thinking: "", thinkingSignature: "AQID", redacted: true };
    const built = build(NOVA, {
      messages: [user("a"), assistant([redacted], SONNET), user("b")],
      cacheRetention: "none",
    });
    expect(built.messages).toEqual([{ role: "user", content: [{ text: "a" }, { text: "b" }] }]);
  });

  it("gives the user the last word", () => {
    const built = build(OPUS_47, {
      messages: [user("a"), assistant([{ type: "text", text: "half an ans" }], OPUS_47)],
    });
    expect(built.messages?.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });

  it("names documents once each, with words beside them, and says which the model does not take", () => {
    const document = { type: "document" as const, data: "AAAA", format: "pdf", name: "a_b.pdf" };
    const messages: Message[] = [{ role: "user", content: [document, document], timestamp: 0 }];
    const [first, second, words] = build(SONNET, { messages, cacheRetention: "none" }).messages?.[0]?.content ?? [];
    expect([first?.document?.name, second?.document?.name]).toEqual(["a_b-pdf", "a_b-pdf (2)"]);
    expect(words?.text).toBeDefined();
    expect(JSON.stringify(build(LLAMA, { messages }).messages)).toContain("was left out: this model takes none");
  });

  it("gives the system prompt as first words to a model that takes none", () => {
    const built = build("amazon.titan-text-express-v1", { system: "Be kind." });
    expect(built.system).toBeUndefined();
    expect(built.messages?.[0]?.content?.slice(0, 2)).toEqual([{ text: "Be kind." }, { text: "hi" }]);
  });

  it("replays signed and redacted reasoning unchanged to the model that made it", () => {
    const thoughts = [
      { type: "thinking" as const, thinking: "hm", thinkingSignature: "sig" },
      { type: "thinking" as const, thinking: "", thinkingSignature: "AQID", redacted: true },
      { type: "text" as const, text: "Hi" },
    ];
    const built = build(SONNET, { messages: [user("x"), assistant(thoughts, SONNET), user("y")] });
    expect(built.messages?.[1]?.content).toEqual([
      { reasoningContent: { reasoningText: { text: "hm", signature: "sig" } } },
      { reasoningContent: { redactedContent: Buffer.from([1, 2, 3]) } },
      { text: "Hi" },
    ]);
  });

  it("knows its own reasoning however the id was written", () => {
    const thoughts = [{ type: "thinking" as const, thinking: "hm", thinkingSignature: "sig" }];
    const other = `amazon-bedrock/global.${SONNET.slice(3)}`;
    const built = build(SONNET, { messages: [user("x"), assistant(thoughts, other), user("y")] });
    expect(built.messages?.[1]?.content?.[0]?.reasoningContent).toBeDefined();
  });

  it("shows another model's reasoning as words, without its signature", () => {
    const thoughts = [
      { type: "thinking" as const, thinking: "hm", thinkingSignature: "sig" },
      { type: "thinking" as const, thinking: "", thinkingSignature: "AQID", redacted: true },
    ];
    const built = build(SONNET, { messages: [user("x"), assistant(thoughts, NOVA), user("y")] });
    expect(built.messages?.[1]?.content).toEqual([{ text: "hm" }]);
  });

  it("tells the model what image it does not get, and why", () => {
    const image = { type: "image" as const, data: Buffer.from("BM bitmap").toString("base64"), mimeType: "image/bmp" };
    const request = { model: NOVA, messages: [{ role: "user" as const, content: [image], timestamp: 0 }] };
    const { input, changes } = buildRequest(request, readModel(NOVA));
    expect(JSON.stringify(input.messages)).toContain("does not take the type image/bmp; convert it to png");
    expect(changes).toMatchObject([{ kind: "media-left-out", message: 0, block: 0 }]);
  });
});

describe("inference and thinking", () => {
  it.each([
    "anthropic.claude-opus-4-7",
    OPUS_47,
    "us.anthropic.claude-opus-4.7",
    "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-4-7",
  ])("omits temperature and topP for %s", (model) => {
    expect(build(model, { temperature: 0.5, topP: 0.5, maxTokens: 10 }).inferenceConfig).toEqual({ maxTokens: 10 });
  });

  it("sends one sampler where the model takes only one", () => {
    expect(build(SONNET, { temperature: 0.5, topP: 0.5 }).inferenceConfig).toEqual({ temperature: 0.5 });
  });

  it("asks for adaptive thinking with an effort beside it", () => {
    const built = build(OPUS_47, { thinking: "high" });
    expect(built.additionalModelRequestFields).toMatchObject({
      thinking: { type: "adaptive" },
      output_config: { effort: "high" },
    });
  });

  it("asks for a budget below maxTokens and leaves temperature out", () => {
    const built = build(SONNET, { thinking: "high", maxTokens: 8000, temperature: 0.3 });
    expect(built.additionalModelRequestFields).toMatchObject({ thinking: { type: "enabled", budget_tokens: 6976 } });
    expect(built.inferenceConfig).toEqual({ maxTokens: 8000 });
  });

  it("does not think when the limit leaves no room for the smallest budget", () => {
    const built = build(SONNET, { thinking: "low", maxTokens: 1024 });
    expect(built.additionalModelRequestFields).toBeUndefined();
  });

  it("does not think with a budget about a call that was made without thinking", () => {
    const messages = [user("x"), assistant([call("a")], NOVA), result("a", "sun")];
    const built = build(SONNET, { messages, tools: [weather], thinking: "high", maxTokens: 9000 });
    expect(built.additionalModelRequestFields).toBeUndefined();
  });

  it("asks Nova 2 for an effort, and drops limits at high", () => {
    const built = build("us.amazon.nova-2-lite-v1:0", { thinking: "high", maxTokens: 500, temperature: 0.2 });
    expect(built.additionalModelRequestFields).toEqual({
      reasoningConfig: { type: "enabled", maxReasoningEffort: "high" },
    });
    expect(built.inferenceConfig).toBeUndefined();
  });

  it("does not force a tool while Claude thinks with a budget", () => {
    const forced = build(SONNET, { tools: [weather], toolChoice: "any" });
    expect(forced.toolConfig?.toolChoice).toEqual({ any: {} });
    const thinking = build(SONNET, { tools: [weather], toolChoice: "any", thinking: "low", maxTokens: 9000 });
    expect(thinking.toolConfig?.toolChoice).toBeUndefined();
  });

  it.each([
    ["temperature", 1.5],
    ["topP", -1],
    ["maxTokens", 0],
  ] as const)("names %s when it is %d", (name, value) => {
    expect(() => build(NOVA, { [name]: value })).toThrow(new RegExp(`${name} is ${value}`, "u"));
  });
});

describe("cache points", () => {
  it("cuts after the system prompt and the last stable user block", () => {
    const volatile = { ...user("now is 12:00"), runtimeContextCarrier: true };
    const built = build(SONNET, { system: "Be kind.", messages: [user("hi"), volatile] as Message[] });
    expect(built.system).toEqual([{ text: "Be kind." }, { cachePoint: { type: "default" } }]);
    expect(built.messages?.[0]?.content).toEqual([
      { text: "hi" },
      { cachePoint: { type: "default" } },
      { text: "now is 12:00" },
    ]);
  });

  it("sets none for a model without caching or when told not to", () => {
    for (const built of [
      build("meta.llama3-3-70b-instruct-v1:0", { system: "s" }),
      build(SONNET, { system: "s", cacheRetention: "none" }),
    ]) {
      expect(JSON.stringify(built)).not.toContain("cachePoint");
    }
  });
});

it("changes nothing it was given", () => {
  const messages = [user("weather?"), assistant([call("a")], NOVA), result("a", "sun"), user("context")];
  const before = structuredClone(messages);
  build(NOVA, { messages, tools: [weather], system: "s" });
  expect(messages).toEqual(before);
});
