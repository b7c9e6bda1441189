import type { AssistantMessage, Message, ToolResultMessage } from "@clawrock/conversation";
import { capabilitiesOf, parseModelRef } from "@clawrock/model-capabilities";
import { describe, expect, it } from "vitest";
import { chat } from "../chat/chat.ts";
import { messages as messagesFamily } from "../messages/messages.ts";
import { responses } from "../responses/responses.ts";
import type { Family } from "./family.ts";
import { checkTurn, type MantleTurn } from "./turn.ts";

const OSS = "openai.gpt-oss-120b";
const GPT = "openai.gpt-5.5";
const CLAUDE = "anthropic.claude-opus-4-7";
const HAIKU = "anthropic.claude-haiku-4-5";

function build(family: Family, model: string, turn: Partial<MantleTurn>): Record<string, unknown> {
  const whole = { messages: [user("Hi")], ...turn };
  const before = structuredClone(whole);
  const init = { wireId: model, model, capabilities: capabilitiesOf(parseModelRef(model)), turn: whole };
  const body = family.request(init);
  expect(whole).toEqual(before);
  expect(family.request(init)).toEqual(body);
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
}

function user(content: Extract<Message, { role: "user" }>["content"]): Message {
  return { role: "user", content, timestamp: 1 };
}

const tool = (name: string) => ({ name, description: "", parameters: { properties: {} } });
const tools = [tool("mcp.look"), tool("plain")];
const image = { type: "image" as const, data: "aGk=", mimeType: "image/JPG" };
const pdf = { type: "document" as const, data: "JVBERg==", format: "pdf", name: "Report" };
const note = { type: "document" as const, data: Buffer.from("grüße").toString("base64"), format: "txt", name: "Note" };
const output = { schema: { type: "object", properties: { a: { type: "string" } } } };

const call = (id: string, name = "mcp.look") => ({ type: "toolCall" as const, id, name, arguments: { a: 1 } });
const assistant = (content: AssistantMessage["content"], more: Partial<AssistantMessage> = {}): AssistantMessage => ({
  role: "assistant",
  content,
  api: "openai-responses",
  provider: "amazon-bedrock-mantle",
  model: GPT,
  usage: {} as never,
  stopReason: "stop",
  timestamp: 1,
  ...more,
});
const result = (toolCallId: string, more: Partial<ToolResultMessage> = {}): ToolResultMessage => ({
  role: "toolResult",
  toolCallId,
  toolName: "mcp.look",
  content: [{ type: "text", text: "seen" }],
  isError: false,
  timestamp: 2,
  ...more,
});

describe("tools, their choice and how many at once", () => {
  it.each([
    ["auto", false],
    ["any", true],
    ["none", undefined],
    [{ tool: "mcp.look" }, undefined],
  ] as const)("%j, parallel %s", (toolChoice, parallelToolCalls) => {
    const turn = { tools, toolChoice, parallelToolCalls };
    const parallel = parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls };
    const completions = build(chat, OSS, turn) as { tools: { function: { name: string } }[]; tool_choice: unknown };
    const name = completions.tools[0]?.function.name;
    expect(name).toMatch(/^mcp_look_\w{7}$/u);
    const word = toolChoice === "any" ? "required" : toolChoice;
    expect(completions).toMatchObject({
      tool_choice: typeof word === "object" ? { type: "function", function: { name } } : word,
      ...parallel,
    });
    const parameters = { type: "object", properties: {} };
    expect(build(responses, GPT, turn)).toMatchObject({
      tools: [{ type: "function", name, parameters, strict: false }, { name: "plain" }],
      tool_choice: typeof word === "object" ? { type: "function", name } : word,
      ...parallel,
    });
    const claude = build(messagesFamily, HAIKU, turn);
    expect(claude["tools"]).toEqual([
      { name, input_schema: parameters },
      { name: "plain", input_schema: parameters },
    ]);
    const type = typeof toolChoice === "object" ? "tool" : toolChoice;
    const single = parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
    const named = type === "tool" ? { name } : {};
    const expected = type === "auto" && parallelToolCalls !== false ? undefined : { type, ...named, ...single };
    expect(claude["tool_choice"]).toEqual(expected);
  });

  it("are left out where there are none", () => {
    for (const [family, model] of [
      [chat, OSS],
      [responses, GPT],
      [messagesFamily, CLAUDE],
    ] as const) {
      const body = build(family, model, { tools: [], toolChoice: "any" });
      expect(Object.keys(body)).not.toContain("tools");
      expect(Object.keys(body)).not.toContain("tool_choice");
    }
  });
});

describe("thinking", () => {
  it.each([
    [chat, OSS, "low", { reasoning_effort: "low" }],
    [chat, OSS, "max", { reasoning_effort: "high" }],
    [chat, OSS, "minimal", { reasoning_effort: "low" }],
    [chat, OSS, "off", { reasoning_effort: "low" }],
    [responses, GPT, "high", { reasoning: { effort: "high" }, include: ["reasoning.encrypted_content"] }],
    [responses, GPT, "off", { reasoning: { effort: "none" } }],
    [messagesFamily, CLAUDE, "high", { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
    [messagesFamily, HAIKU, "low", { thinking: { type: "enabled", budget_tokens: 2048 } }],
  ] as const)("%# as the model takes it", (family, model, thinking, expected) => {
    expect(build(family, model, { thinking })).toMatchObject(expected);
  });

  it("is not asked for where nothing is said", () => {
    expect(build(chat, OSS, {})).not.toHaveProperty("reasoning_effort");
    expect(build(responses, GPT, {})).not.toHaveProperty("reasoning");
    expect(build(messagesFamily, HAIKU, {})).not.toHaveProperty("thinking");
    expect(build(chat, "qwen.qwen3-32b", { thinking: "high" })).not.toHaveProperty("reasoning_effort");
  });

  it("by budget leaves room for the answer, takes the caller's budget, and is left out where there is no room", () => {
    const of = (turn: Partial<MantleTurn>) => build(messagesFamily, HAIKU, { thinking: "high", ...turn })["thinking"];
    expect(of({ maxTokens: 5000 })).toEqual({ type: "enabled", budget_tokens: 3976 });
    expect(of({ thinkingBudgets: { high: 3000 } })).toEqual({ type: "enabled", budget_tokens: 3000 });
    expect(of({ maxTokens: 1500 })).toBeUndefined();
    const foreign = [user("Hi"), assistant([call("call_0")]), result("call_0")];
    expect(of({ messages: foreign, tools })).toBeUndefined();
  });

  it("between tools has its beta header, and every turn the version", () => {
    const capabilities = capabilitiesOf(parseModelRef(HAIKU));
    const init = {
      wireId: HAIKU,
      model: HAIKU,
      capabilities,
      turn: { messages: [user("Hi")], tools, thinking: "low" as const },
    };
    const { interleavedBeta } = capabilities.reasoning.value;
    const expected = {
      "anthropic-version": "2023-06-01",
      ...(interleavedBeta && { "anthropic-beta": interleavedBeta }),
    };
    expect(messagesFamily.headers(init)).toEqual(expected);
    const plain = { ...init, turn: { messages: [user("Hi")] } };
    expect(messagesFamily.headers(plain)).toEqual({ "anthropic-version": "2023-06-01" });
  });
});

describe("sampling, limits and output", () => {
  const turn = { maxTokens: 99, temperature: 0.5, topP: 0.9, stopSequences: ["END", ""] };

  it("go out where the model takes them", () => {
    expect(build(chat, "qwen.qwen3-32b", turn)).toMatchObject({
      max_completion_tokens: 99,
      temperature: 0.5,
      top_p: 0.9,
    });
    expect(build(chat, OSS, turn)).not.toHaveProperty("stop");
    expect(build(chat, "mistral.mistral-large-3-675b-instruct", turn)).toMatchObject({ stop: ["END"] });
    const gpt = build(responses, GPT, turn);
    expect(gpt).toMatchObject({ max_output_tokens: 99 });
    for (const field of ["temperature", "top_p", "stop"]) expect(gpt).not.toHaveProperty(field);
    const claude = build(messagesFamily, CLAUDE, turn);
    expect(claude).toMatchObject({ max_tokens: 99, stop_sequences: ["END"] });
    expect(claude).not.toHaveProperty("temperature");
    expect(build(messagesFamily, HAIKU, { ...turn, temperature: 1.5 })).toMatchObject({ temperature: 1 });
  });

  it("are cut to the model's maximum, which Messages gets where nothing is said", () => {
    const most = capabilitiesOf(parseModelRef(CLAUDE)).maxOutputTokens?.value;
    expect(build(messagesFamily, CLAUDE, {})["max_tokens"]).toBe(most);
    expect(build(messagesFamily, CLAUDE, { maxTokens: 10_000_000 })["max_tokens"]).toBe(most);
    expect(build(messagesFamily, "acme.claude-like-1", {})["max_tokens"]).toBeGreaterThan(1000);
  });

  it("follow a schema", () => {
    const format = { type: "json_schema", name: "answer", schema: output.schema, strict: true };
    expect(build(chat, OSS, { output })).toMatchObject({
      response_format: { type: "json_schema", json_schema: { name: "answer", schema: output.schema, strict: true } },
    });
    expect(build(responses, GPT, { output })).toMatchObject({ text: { format } });
    expect(build(messagesFamily, CLAUDE, { output, thinking: "low" })).toMatchObject({
      output_config: { effort: "low", format: { type: "json_schema", schema: output.schema } },
    });
  });

  it.each([
    [{ maxTokens: 0 }, "maxTokens is 0"],
    [{ maxTokens: 1.5 }, "maxTokens is 1.5"],
    [{ temperature: 3 }, "temperature is 3"],
    [{ topP: -1 }, "topP is -1"],
    [{ temperature: Number.NaN }, "temperature is NaN"],
    [{ toolChoice: { tool: "gone" }, tools }, '"gone"'],
    [{ messages: [] }, "messages is empty"],
    [{ output: { ...output, name: "a b" } }, 'output.name is "a b"'],
  ] as const)("%j is refused before anything is sent", (turn, said) => {
    expect(() => checkTurn({ messages: [user("Hi")], ...turn })).toThrow(said);
  });
});

describe("content", () => {
  it("goes out in each API's own form, or as a note of what was left out", () => {
    const messages = [user([image, pdf, note, { type: "text", text: "What is it?" }, { type: "text", text: " " }])];
    const words = 'Document "Note":\ngrüße';
    const [completion] = build(chat, "google.gemma-3-27b-it", { messages })["messages"] as { content: unknown[] }[];
    expect(completion?.content).toEqual([
      { type: "image_url", image_url: { url: "data:image/jpeg;base64,aGk=" } },
      { type: "text", text: expect.stringMatching(/"Report" was left out: pdf/u) },
      { type: "text", text: words },
      { type: "text", text: "What is it?" },
    ]);
    const [item] = build(responses, GPT, { messages })["input"] as { content: unknown[] }[];
    expect(item?.content[0]).toEqual({ type: "input_image", image_url: "data:image/jpeg;base64,aGk=", detail: "auto" });
    expect(item?.content[2]).toEqual({ type: "input_text", text: words });
    const [claude] = build(messagesFamily, CLAUDE, { messages, cacheRetention: "none" })["messages"] as {
      content: unknown[];
    }[];
    expect(claude?.content).toEqual([
      { type: "image", source: { type: "base64", media_type: "image/jpeg", data: "aGk=" } },
      {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" },
        title: "Report",
      },
      { type: "document", source: { type: "text", media_type: "text/plain", data: "grüße" }, title: "Note" },
      { type: "text", text: "What is it?" },
    ]);
    const [blind] = build(chat, OSS, { messages })["messages"] as { content: string }[];
    expect(blind?.content).toContain("An image was left out");
  });

  it("of tools is paired, in order, under ids that are sent with the calls", () => {
    const messages = [
      user("Go"),
      assistant([{ type: "text", text: "Two." }, call("call_0"), call("call.1")]),
      result("call.1", { isError: true, content: [{ type: "text", text: "boom" }, image] }),
      result("call_0", { content: [] }),
      user("Thanks"),
    ];
    const input = build(responses, GPT, { messages, tools })["input"] as Record<string, unknown>[];
    expect(input.map(({ type, role }) => type ?? role)).toEqual([
      "user",
      "assistant",
      "function_call",
      "function_call",
      "function_call_output",
      "function_call_output",
      "user",
    ]);
    const ids = input.map((item) => item["call_id"]).filter(Boolean);
    expect(ids.slice(0, 2)).toEqual(ids.slice(2));
    expect(input[4]).toMatchObject({ call_id: "call_0", output: "(no output)" });
    const claude = build(messagesFamily, CLAUDE, { messages, tools, cacheRetention: "none" })["messages"] as {
      role: string;
      content: Record<string, unknown>[];
    }[];
    expect(claude.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
    expect(claude[2]?.content).toMatchObject([
      { type: "tool_result", tool_use_id: "call_0", content: [{ type: "text", text: "(no output)" }] },
      { type: "tool_result", is_error: true, content: [{ text: "boom" }, { type: "text" }] },
      { type: "text", text: "Thanks" },
    ]);
    expect(claude[2]?.content[1]?.["tool_use_id"]).toBe(claude[1]?.content[2]?.["id"]);
  });

  it("of earlier answers holds reasoning of the model's own only, in the form of its API", () => {
    const thinkingSignature = JSON.stringify({ id: "rs_1", encrypted_content: "opaque" });
    const thought = { type: "thinking" as const, thinking: "Hm.", thinkingSignature };
    const after = (answer: AssistantMessage) => ({ messages: [user("Hi"), answer, user("And?")] });
    const text = { type: "text" as const, text: "Yes." };
    const own = build(responses, GPT, after(assistant([thought, text])))["input"];
    expect(own).toMatchObject([
      {},
      { type: "reasoning", id: "rs_1", encrypted_content: "opaque", summary: [] },
      {},
      {},
    ]);
    const other = build(responses, GPT, after(assistant([thought, text], { model: "openai.gpt-5.4" })))["input"];
    expect(JSON.stringify(other)).not.toContain("opaque");
    const claude = build(messagesFamily, CLAUDE, after(assistant([thought, text], { model: CLAUDE })))["messages"];
    expect(JSON.stringify(claude)).not.toContain("opaque");
    const broken = { ...thought, thinkingSignature: "{not json" };
    expect(JSON.stringify(build(responses, GPT, after(assistant([broken, text])))["input"])).not.toContain("not json");
  });
});

describe("prompt caching of Messages", () => {
  const messages: Message[] = [user("One"), assistant([{ type: "text", text: "Two" }]), user("Three")];

  it("marks the system prompt and the last stable block", () => {
    const body = build(messagesFamily, CLAUDE, { system: "Be brief.", messages });
    const cache_control = { type: "ephemeral" };
    expect(body["system"]).toEqual([{ type: "text", text: "Be brief.", cache_control }]);
    expect(body["messages"]).toEqual([
      { role: "user", content: [{ type: "text", text: "One" }] },
      { role: "assistant", content: [{ type: "text", text: "Two" }] },
      { role: "user", content: [{ type: "text", text: "Three", cache_control }] },
    ]);
  });

  it("lasts an hour where asked and offered, and is off where asked", () => {
    const long = JSON.stringify(build(messagesFamily, CLAUDE, { system: "x", messages, cacheRetention: "long" }));
    expect(long.split('"ttl":"1h"')).toHaveLength(3);
    const none = JSON.stringify(build(messagesFamily, CLAUDE, { system: "x", messages, cacheRetention: "none" }));
    expect(none).not.toContain("cache_control");
  });

  it("stops before what changes with every turn", () => {
    const volatile: Message = { role: "user", content: "It is 10:25.", timestamp: 1, runtimeContextCarrier: true };
    const body = build(messagesFamily, CLAUDE, { messages: [...messages, volatile] });
    expect((body["messages"] as { content: unknown }[]).at(-1)?.content).toEqual([
      { type: "text", text: "Three", cache_control: { type: "ephemeral" } },
      { type: "text", text: "It is 10:25." },
    ]);
  });

  it("cuts where a cache point stands, too, and at four places at most", () => {
    const point = { type: "cachePoint" as const };
    const many = [1, 2, 3, 4, 5].map((n) => ({ type: "text" as const, text: `Part ${n}` }));
    const content = many.flatMap((part) => [part, point]);
    const body = build(messagesFamily, CLAUDE, { system: "x", messages: [user(content)] });
    expect(JSON.stringify(body).split("cache_control")).toHaveLength(5);
    const [first] = body["messages"] as { content: Record<string, unknown>[] }[];
    expect(first?.content.map((block) => "cache_control" in block)).toEqual([false, false, true, true, true]);
  });
});
