import type { AssistantMessage, AssistantMessageEvent, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { mantleServer, sse } from "./mantle-server.ts";

const MODEL = "openai.gpt-5.5";
const messages: Message[] = [{ role: "user", content: "Hi", timestamp: 1 }];
const tools = [{ name: "mcp.look", description: "Looks", parameters: { type: "object" } }];

const created = { type: "response.created", response: { id: "resp_abcdefghijklmnopqrstuvwxyz" }, sequence_number: 0 };
const added = (output_index: number, item: object) => ({ type: "response.output_item.added", output_index, item });
const done = (output_index: number, item: object) => ({ type: "response.output_item.done", output_index, item });
const text = (output_index: number, delta: string) => ({
  type: "response.output_text.delta",
  output_index,
  content_index: 0,
  delta,
});
const input = (output_index: number, delta: string) => ({
  type: "response.function_call_arguments.delta",
  output_index,
  delta,
});
const finished = (status: string, more: object = {}) => ({
  type: `response.${status}`,
  response: {
    id: "resp_1",
    status,
    output: [],
    usage: {
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 15 },
      output_tokens: 20,
      output_tokens_details: { reasoning_tokens: 5 },
      total_tokens: 120,
    },
    ...more,
  },
});

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

describe("a streamed response", () => {
  it("gives reasoning with its encrypted content, text, calls under the callers' names, and usage", async () => {
    const reasoning = { type: "reasoning", id: "rs_1", encrypted_content: "opaque==", summary: [] };
    const { message, events } = await play(
      created,
      added(0, { ...reasoning, encrypted_content: "" }),
      { type: "response.reasoning_summary_part.added", output_index: 0, summary_index: 0 },
      { type: "response.reasoning_summary_text.delta", output_index: 0, summary_index: 0, delta: "First." },
      { type: "response.reasoning_summary_part.added", output_index: 0, summary_index: 1 },
      { type: "response.reasoning_summary_text.delta", output_index: 0, summary_index: 1, delta: "Then." },
      done(0, reasoning),
      added(1, { type: "message", id: "msg_1", role: "assistant", content: [] }),
      text(1, "Looking"),
      text(1, "…"),
      done(1, { type: "message", id: "msg_1", content: [{ type: "output_text", text: "Looking…" }] }),
      added(2, { type: "function_call", id: "fc_1", call_id: "call_0", name: "mcp_look_0fm4x3s", arguments: "" }),
      input(2, '{"at"'),
      input(2, ':"it"}'),
      done(2, { type: "function_call", call_id: "call_0", name: "x", arguments: '{"at":"it"}' }),
      finished("completed"),
    );
    expect(events).toEqual([
      "start",
      ...["thinking_start", "thinking_delta", "thinking_delta", "thinking_end"],
      ...["text_start", "text_delta", "text_delta", "text_end"],
      ...["toolcall_start", "toolcall_delta", "toolcall_delta", "toolcall_end"],
      "done",
    ]);
    expect(message).toMatchObject({
      api: "openai-responses",
      stopReason: "toolUse",
      rawStopReason: "completed",
      content: [
        { type: "thinking", thinking: "First.\n\nThen.", thinkingSignature: expect.stringContaining("opaque==") },
        { type: "text", text: "Looking…" },
        { type: "toolCall", id: expect.stringMatching(/^[a-zA-Z0-9_-]{8,40}$/u), arguments: { at: "it" } },
      ],
      usage: { input: 25, cacheRead: 60, cacheWrite: 15, output: 20, totalTokens: 120 },
    });
  });

  it("reads what came in no piece from the finished items, and those from the response", async () => {
    const items = [
      { type: "reasoning", id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "Hm." }] },
      {
        type: "message",
        id: "m",
        content: [
          { type: "output_text", text: "Yes" },
          { type: "refusal", refusal: "." },
        ],
      },
      { type: "function_call", call_id: "call_0", name: "look", arguments: '{"a":1}' },
    ];
    const content = [
      { type: "thinking", thinking: "Hm." },
      { type: "text", text: "Yes." },
      { type: "toolCall", name: "look", arguments: { a: 1 } },
    ];
    const fromItems = await play(created, ...items.map((item, at) => done(at, item)), finished("completed"));
    expect(fromItems.message).toMatchObject({ stopReason: "toolUse", content });
    const fromResponse = await play(finished("completed", { output: items }));
    expect(fromResponse.message).toMatchObject({ stopReason: "toolUse", content });
    const fromBoth = await play(...items.map((item, at) => done(at, item)), finished("completed", { output: items }));
    expect(fromBoth.message).toMatchObject({ stopReason: "toolUse", content });
    expect(fromBoth.message.content).toHaveLength(3);
  });

  it("keeps interleaved items apart, also without numbers", async () => {
    const call = (id: string, name: string) => ({
      type: "response.output_item.added",
      item: { type: "function_call", id, call_id: id, name, arguments: "" },
    });
    const piece = (item_id: string, delta: string) => ({
      type: "response.function_call_arguments.delta",
      item_id,
      delta,
    });
    const { message } = await play(
      created,
      call("fc_a", "a"),
      call("fc_b", "b"),
      piece("fc_b", '{"b"'),
      piece("fc_a", '{"a":1}'),
      piece("fc_b", ":2}"),
      finished("completed"),
    );
    expect(message.content).toMatchObject([
      { name: "a", arguments: { a: 1 } },
      { name: "b", arguments: { b: 2 } },
    ]);
  });

  it("keeps tools of the service apart from calls", async () => {
    const search = { type: "web_search_call", id: "ws_1", status: "completed", action: { query: "rivers" } };
    const { message } = await play(
      created,
      added(0, search),
      done(0, search),
      text(1, "Found."),
      finished("completed"),
    );
    expect(message).toMatchObject({
      stopReason: "stop",
      content: [{ type: "text", text: "Found." }],
      serverToolUses: [{ id: "ws_1", name: "web_search", input: '{"query":"rivers"}' }],
    });
  });

  it.each([
    ["max_output_tokens", { stopReason: "length" }],
    ["content_filter", { stopReason: "error", errorCode: "refused" }],
    ["moon_phase", { stopReason: "error" }],
  ])("that is incomplete for %s ends as %j", async (reason, expected) => {
    const { message } = await play(
      created,
      text(0, "so far"),
      finished("incomplete", { incomplete_details: { reason } }),
    );
    expect(message).toMatchObject({ ...expected, rawStopReason: reason, content: [{ text: "so far" }] });
    expect(message.usage.totalTokens).toBe(120);
  });

  it.each([
    [
      "a failed response",
      finished("failed", { error: { code: "server_error", message: "Boom" } }),
      "overloaded",
      "Boom",
    ],
    [
      "a throttled one",
      finished("failed", { error: { code: "rate_limit_exceeded", message: "Slow" } }),
      "throttled",
      "Slow",
    ],
    ["one that says nothing", finished("failed", { error: null }), "unknown", "failed"],
    [
      "an error event",
      { type: "error", code: "server_error", message: "Bad luck", param: null },
      "overloaded",
      "Bad luck",
    ],
    ["an error within", { type: "error", error: { type: "rate_limit_error", message: "Later" } }, "throttled", "Later"],
    ["a bare message", { message: "Too many requests, please wait" }, "throttled", "Too many requests"],
    ["a bare Message", { Message: "Bedrock is unable to process your request." }, "unknown", "unable to process"],
    ["nothing known", { hello: 1 }, "protocol", "none of the Responses API"],
  ])("ends with %s as its kind", async (_, frame, kind, said) => {
    const { message } = await play(created, text(0, "so far"), frame);
    expect(message).toMatchObject({ stopReason: "error", errorCode: kind, content: [{ text: "so far" }] });
    expect(message.errorMessage).toContain(said);
  });

  it.each([
    ["without its end", [created, text(0, "so far")]],
    ["that is not JSON", [created, text(0, "so far"), "data: {oops\n\n"]],
    ["with [DONE] alone", [created, text(0, "so far"), "data: [DONE]\n\n"]],
  ])("%s is broken, and says so", async (_, frames) => {
    const { message } = await play(...frames);
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [{ text: "so far" }] });
  });

  it("withholds every call when the input of one is broken or its name is missing", async () => {
    const call = (at: number, name: string) =>
      added(at, { type: "function_call", call_id: `c${at}`, name, arguments: "" });
    const broken = await play(
      created,
      call(0, "a"),
      input(0, "{}"),
      call(1, "b"),
      input(1, '{"x":'),
      finished("completed"),
    );
    expect(broken.message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
    const nameless = await play(created, call(0, ""), finished("completed"));
    expect(nameless.message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
  });

  it("takes hostile frames for what they are", async () => {
    const odd = [
      "data: null\n\n",
      ": ping\n\n",
      { type: "response.new_thing", x: 1 },
      { type: "response.output_text.delta" },
    ];
    const { message } = await play(
      created,
      odd[1] ?? "",
      odd[2] ?? "",
      odd[3] ?? "",
      text(0, "a"),
      finished("completed"),
    );
    expect(message).toMatchObject({ stopReason: "stop", content: [{ text: "a" }] });
  });
});
