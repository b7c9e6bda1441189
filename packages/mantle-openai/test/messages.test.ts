import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import type { AssistantMessage, AssistantMessageEvent, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { json, mantleServer, sse } from "./mantle-server.ts";

const MODEL = "anthropic.claude-opus-4-7";
const messages: Message[] = [{ role: "user", content: "Hi", timestamp: 1 }];
const tools = [{ name: "mcp.look", description: "Looks", parameters: { type: "object" } }];

/** Events as the service writes them: a name, then the data that says it again. */
const event = (data: { readonly type: string }) => `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const begin = (usage: object = { input_tokens: 20, output_tokens: 1 }) =>
  event({ type: "message_start", message: { id: "msg_bdrk_01", usage } } as never);
const open = (index: number, content_block: object) =>
  event({ type: "content_block_start", index, content_block } as never);
const grow = (index: number, delta: object) => event({ type: "content_block_delta", index, delta } as never);
const close = (index: number) => event({ type: "content_block_stop", index } as never);
const stop = (stop_reason: string, usage: object = { output_tokens: 9 }) =>
  event({ type: "message_delta", delta: { stop_reason, stop_sequence: null }, usage } as never);
const end = event({ type: "message_stop" });
const ping = event({ type: "ping" });

async function play(
  ...frames: Parameters<typeof sse>
): Promise<{ message: AssistantMessage; events: AssistantMessageEvent["type"][] }> {
  await using server = await mantleServer(sse(...frames));
  const stream = server.mantle().stream({ model: MODEL, messages, tools });
  const events: AssistantMessageEvent["type"][] = [];
  for await (const { type } of stream) events.push(type);
  expect(events.filter((type) => type === "done" || type === "error")).toEqual(events.slice(-1));
  return { message: await stream.result(), events };
}

describe("a streamed message", () => {
  it("gives signed and redacted thinking, text, tool use and usage with its cache", async () => {
    const usage = {
      input_tokens: 20,
      cache_read_input_tokens: 70,
      cache_creation_input_tokens: 10,
      cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 6 },
      output_tokens: 1,
    };
    const { message, events } = await play(
      begin(usage),
      open(0, { type: "thinking", thinking: "", signature: "" }),
      ping,
      grow(0, { type: "thinking_delta", thinking: "Let me " }),
      grow(0, { type: "thinking_delta", thinking: "see." }),
      grow(0, { type: "signature_delta", signature: "c2ln" }),
      close(0),
      open(1, { type: "redacted_thinking", data: "cmVkYWN0ZWQ=" }),
      close(1),
      open(2, { type: "text", text: "" }),
      grow(2, { type: "text_delta", text: "Looking." }),
      close(2),
      open(3, { type: "tool_use", id: "toolu_1", name: "mcp_look_x", input: {} }),
      grow(3, { type: "input_json_delta", partial_json: "" }),
      grow(3, { type: "input_json_delta", partial_json: '{"at":"it"}' }),
      close(3),
      stop("tool_use", { output_tokens: 9, input_tokens: null }),
      end,
    );
    expect(events[0]).toBe("start");
    expect(message).toMatchObject({
      api: "anthropic-messages",
      stopReason: "toolUse",
      rawStopReason: "tool_use",
      content: [
        { type: "thinking", thinking: "Let me see.", thinkingSignature: "c2ln" },
        { type: "thinking", redacted: true, thinkingSignature: "cmVkYWN0ZWQ=" },
        { type: "text", text: "Looking." },
        { type: "toolCall", id: "toolu_1", arguments: { at: "it" } },
      ],
      usage: {
        input: 20,
        cacheRead: 70,
        cacheWrite: 10,
        cacheWrite1h: 6,
        output: 9,
        totalTokens: 109,
        priceKnown: true,
      },
    });
  });

  it("sends its thinking back unchanged to the same model, and only the words to another", async () => {
    await using server = await mantleServer(
      sse(begin(), open(0, { type: "text", text: "Yes" }), stop("end_turn"), end),
    );
    const about = { provider: "amazon-bedrock-mantle", usage: {} as never, stopReason: "stop" as const, timestamp: 1 };
    const earlier: AssistantMessage = {
      role: "assistant",
      api: "anthropic-messages",
      model: "us.anthropic.claude-opus-4-7",
      content: [
        { type: "thinking", thinking: "Hm.", thinkingSignature: "c2ln" },
        { type: "thinking", thinking: "", redacted: true, thinkingSignature: "cmVk" },
        { type: "text", text: "Hello." },
      ],
      ...about,
    };
    const transcript: Message[] = [...messages, earlier, { role: "user", content: "And?", timestamp: 2 }];
    const mantle = server.mantle();
    await mantle.stream({ model: MODEL, messages: transcript }).result();
    await mantle.stream({ model: "anthropic.claude-opus-5", messages: transcript }).result();
    const sent = server.requests.map(({ body }) => (body as { messages: { content: unknown }[] }).messages[1]?.content);
    expect(sent[0]).toEqual([
      { type: "thinking", thinking: "Hm.", signature: "c2ln" },
      { type: "redacted_thinking", data: "cmVk" },
      { type: "text", text: "Hello." },
    ]);
    expect(sent[1]).toEqual([
      { type: "text", text: "Hm." },
      { type: "text", text: "Hello." },
    ]);
  });

  it.each([
    ["end_turn", { stopReason: "stop" }],
    ["stop_sequence", { stopReason: "stop" }],
    ["pause_turn", { stopReason: "stop" }],
    ["max_tokens", { stopReason: "length" }],
    ["model_context_window_exceeded", { stopReason: "length" }],
    ["refusal", { stopReason: "error", errorCode: "refused" }],
    ["moon_phase", { stopReason: "error", errorCode: "unknown" }],
  ])("that stopped for %s ends as %j", async (reason, expected) => {
    const { message } = await play(
      begin(),
      grow(0, { type: "text_delta", text: "so far" }),
      close(0),
      stop(reason),
      end,
    );
    expect(message).toMatchObject({ ...expected, rawStopReason: reason });
  });

  it.each([
    ["overloaded_error", "Overloaded", "overloaded"],
    ["rate_limit_error", "Slow down", "throttled"],
    ["api_error", "Internal server error", "overloaded"],
    ["invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", "context-overflow"],
  ])("ends with an %s event as its kind", async (type, message, kind) => {
    const error = event({ type: "error", error: { type, message } } as never);
    const played = await play(begin(), grow(0, { type: "text_delta", text: "so far" }), error);
    expect(played.message).toMatchObject({ stopReason: "error", errorCode: kind, content: [{ text: "so far" }] });
    expect(played.message.errorMessage).toContain(message);
  });

  it.each([
    ["without its end", [begin(), grow(0, { type: "text_delta", text: "so far" })]],
    ["that is not JSON", [begin(), grow(0, { type: "text_delta", text: "so far" }), "data: {oops\n\n"]],
  ])("%s is broken, and says so", async (_, frames) => {
    const { message } = await play(...frames);
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [{ text: "so far" }] });
  });

  it("keeps what a text cites", async () => {
    const citation = {
      type: "char_location",
      cited_text: "Rivers flow.",
      document_index: 0,
      document_title: "Rivers",
      start_char_index: 3,
      end_char_index: 15,
    };
    const { message } = await play(
      begin(),
      open(0, { type: "text", text: "", citations: [] }),
      grow(0, { type: "citations_delta", citation }),
      grow(0, { type: "text_delta", text: "They flow." }),
      close(0),
      stop("end_turn"),
      end,
    );
    const location = { documentChar: { documentIndex: 0, start: 3, end: 15 } };
    expect(message.content).toEqual([
      {
        type: "text",
        text: "They flow.",
        citations: [{ title: "Rivers", sourceContent: [{ text: "Rivers flow." }], location }],
      },
    ]);
  });

  it("of a model that may withdraw its answer is held back, and a refusal leaves nothing of it", async () => {
    const refused = [begin(), grow(0, { type: "text_delta", text: "Take a" }), close(0), stop("refusal"), end];
    const answered = [begin(), grow(0, { type: "text_delta", text: "Yes." }), close(0), stop("end_turn"), end];
    await using server = await mantleServer(sse(...refused), sse(...answered));
    const mantle = server.mantle();
    const model = "anthropic.claude-opus-5";
    const events: string[] = [];
    const stream = mantle.stream({ model, messages });
    for await (const { type } of stream) events.push(type);
    expect(events).toEqual(["start", "error"]);
    expect(await stream.result()).toMatchObject({ stopReason: "error", errorCode: "refused", content: [] });
    const second = await mantle.stream({ model, messages }).result();
    expect(second).toMatchObject({ stopReason: "stop", content: [{ text: "Yes." }] });
  });

  it("keeps tools of the service apart from calls", async () => {
    const { message } = await play(
      begin(),
      open(0, { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} }),
      grow(0, { type: "input_json_delta", partial_json: '{"query":"rivers"}' }),
      close(0),
      open(1, { type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [{ title: "Rivers" }] }),
      close(1),
      grow(2, { type: "text_delta", text: "Found." }),
      stop("end_turn"),
      end,
    );
    expect(message).toMatchObject({
      stopReason: "stop",
      content: [{ type: "text", text: "Found." }],
      serverToolUses: [{ name: "web_search", input: '{"query":"rivers"}', result: [{ title: "Rivers" }] }],
    });
  });
});

describe("with the emulator's Claude", () => {
  it("thinks, calls a tool, takes the result with the thinking unchanged, and caches the prompt", async () => {
    const emulator = await startEmulator();
    const { credentials, region, url } = emulator;
    const aws = awsSession({ region, credentials, env: {}, endpoints: { "bedrock-mantle": url } });
    const mantle = createMantle({ aws, maxRetries: 0, cache: false });
    for (const model of [MODEL, "anthropic.claude-haiku-4-5"]) {
      const request = {
        model,
        system: `You know the weather. ${"It is written in the clouds. ".repeat(800)}`,
        tools: [
          {
            name: "get_weather",
            description: "Weather",
            parameters: { type: "object", properties: { city: { type: "string" } } },
          },
        ],
        thinking: "medium" as const,
        maxTokens: 12_000,
      };
      const transcript: Message[] = [{ role: "user", content: "Use get_weather for Lisbon.", timestamp: 1 }];
      const asked = await mantle.stream({ ...request, messages: transcript }).result();
      expect(asked.errorMessage).toBeUndefined();
      expect(asked.stopReason).toBe("toolUse");
      expect(asked.content[0]).toMatchObject({ type: "thinking", thinkingSignature: expect.any(String) });
      const call = asked.content.find((part) => part.type === "toolCall");
      transcript.push(asked, {
        role: "toolResult",
        toolCallId: call?.id ?? "",
        toolName: "get_weather",
        content: [{ type: "text", text: "24 degrees" }],
        isError: false,
        timestamp: 2,
      });
      const answered = await mantle.stream({ ...request, messages: transcript }).result();
      expect(answered.errorMessage).toBeUndefined();
      expect(answered.stopReason).toBe("stop");
      expect(asked.usage.cacheWrite).toBeGreaterThan(0);
      expect(answered.usage.cacheRead).toBeGreaterThan(0);
      const { inputTokens } = await mantle.countTokens({ ...request, messages: transcript });
      expect(inputTokens).toBeGreaterThan(4096);
    }
    await emulator.close();
  });

  it("counts tokens of Messages only, and says so", async () => {
    await using server = await mantleServer(json(500, {}));
    const counting = server.mantle().countTokens({ model: "openai.gpt-oss-120b", messages });
    await expect(counting).rejects.toMatchObject({ kind: "invalid-config" });
    expect(server.requests).toHaveLength(0);
    await expect(server.mantle().countTokens({ model: MODEL, messages })).rejects.toMatchObject({ kind: "overloaded" });
  });
});
