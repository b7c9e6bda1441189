import type { AssistantMessage, AssistantMessageEvent, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { chunk, end, json, mantleServer, sse, usage } from "./mantle-server.ts";

const MODEL = "openai.gpt-oss-120b";
const question: Message[] = [{ role: "user", content: "What is the weather in Paris?", timestamp: 1 }];
const tools = [{ name: "weather", description: "The weather of a city", parameters: { type: "object" } }];

function call(index: number, fields: { id?: string; name?: string; input?: string }): object {
  const { id, name, input = "" } = fields;
  return { tool_calls: [{ index, id, type: "function", function: { name, arguments: input } }] };
}

async function eventsOf(stream: AsyncIterable<AssistantMessageEvent>): Promise<AssistantMessageEvent[]> {
  const events: AssistantMessageEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

function calls(message: AssistantMessage): { id: string; input: unknown }[] {
  return message.content.flatMap((item) => (item.type === "toolCall" ? { id: item.id, input: item.arguments } : []));
}

describe("stream", () => {
  it("gives reasoning, text, usage with cost and the request id", async () => {
    await using server = await mantleServer(
      sse(
        chunk({ role: "assistant", content: "" }),
        chunk({ reasoning: "Let me " }),
        chunk({ reasoning_content: "think." }),
        chunk({ content: "It is " }),
        chunk({ content: "sunny." }),
        chunk({}, "stop"),
        usage,
        end,
      ),
    );
    const stream = server.mantle().stream({ model: MODEL, messages: question, system: "Be brief.", maxTokens: 99 });
    const events = await eventsOf(stream);
    expect(events.map(({ type }) => type)).toEqual([
      "start",
      "thinking_start",
      "thinking_delta",
      "thinking_delta",
      "thinking_end",
      "text_start",
      "text_delta",
      "text_delta",
      "text_end",
      "done",
    ]);
    const message = await stream.result();
    expect(message).toMatchObject({
      api: "openai-completions",
      provider: "amazon-bedrock-mantle",
      model: MODEL,
      responseId: "req-1",
      stopReason: "stop",
      rawStopReason: "stop",
      content: [
        { type: "thinking", thinking: "Let me think." },
        { type: "text", text: "It is sunny." },
      ],
      usage: { input: 20, cacheRead: 10, cacheWrite: 0, output: 7, totalTokens: 37 },
    });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", path: "/v1/chat/completions" });
    expect(request?.headers.authorization).toBe("Bearer bedrock-api-key-of-a-test");
    expect(request?.body).toEqual({
      model: MODEL,
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "What is the weather in Paris?" },
      ],
      max_completion_tokens: 99,
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("tells a price that is known from one that is not", async () => {
    await using server = await mantleServer(sse(chunk({ content: "Hi" }, "stop"), usage, end));
    const unknown = await server.mantle().stream({ model: "acme.mystery-1", messages: question }).result();
    expect(unknown.usage).toMatchObject({ priceKnown: false, cost: { total: 0 }, output: 7 });
  });

  it("keeps interleaved tool calls apart and gives the calls once all have ended", async () => {
    await using server = await mantleServer(
      sse(
        chunk({ content: "Two calls." }),
        chunk(call(0, { id: "call_0", name: "weather" })),
        chunk(call(1, { id: "call_1", name: "weather", input: '{"city"' })),
        chunk(call(0, { input: '{"city":' })),
        chunk(call(1, { input: ':"Rome"}' })),
        chunk(call(0, { input: '"Paris"}' })),
        chunk({}, "tool_calls"),
        end,
      ),
    );
    const message = await server.mantle().stream({ model: MODEL, messages: question, tools }).result();
    expect(message.stopReason).toBe("toolUse");
    expect(calls(message).map(({ input }) => input)).toEqual([{ city: "Paris" }, { city: "Rome" }]);
    expect(server.requests[0]?.body).toMatchObject({
      tools: [{ type: "function", function: { name: "weather", parameters: { type: "object" } } }],
    });
  });

  it("takes calls without an index and a model that says stop after calling", async () => {
    const parts = [
      { id: "a1", function: { name: "weather", arguments: '{"city":"Paris"}' } },
      { id: "b2", function: { name: "weather", arguments: '{"city":' } },
      { function: { arguments: '"Rome"}' } },
    ];
    await using server = await mantleServer(
      sse(...parts.map((part) => chunk({ tool_calls: [part] })), chunk({}, "stop"), end),
    );
    const message = await server.mantle().stream({ model: MODEL, messages: question, tools }).result();
    expect(message.stopReason).toBe("toolUse");
    expect(calls(message)).toEqual([
      { id: "a1", input: { city: "Paris" } },
      { id: "b2", input: { city: "Rome" } },
    ]);
  });

  it("gives call_0 of every answer an id of its own, and sends it back as it gave it", async () => {
    const answer = (id: string) =>
      sse(chunk(call(0, { id: "call_0", name: "weather", input: "{}" }), null, { id }), chunk({}, "tool_calls"), end);
    await using server = await mantleServer(answer("chatcmpl-first"), answer("chatcmpl-second"));
    const mantle = server.mantle();
    const first = await mantle.stream({ model: MODEL, messages: question, tools }).result();
    const [id = ""] = calls(first).map((one) => one.id);
    const result: Message = {
      role: "toolResult",
      toolCallId: id,
      toolName: "weather",
      content: [{ type: "text", text: "sunny" }],
      isError: false,
      timestamp: 2,
    };
    const second = await mantle.stream({ model: MODEL, messages: [...question, first, result], tools }).result();
    expect(calls(second)[0]?.id).not.toBe(id);
    expect(id).toMatch(/^[A-Za-z0-9_-]{1,40}$/u);
    expect(server.requests[1]?.body).toMatchObject({
      messages: [
        { role: "user" },
        { role: "assistant", tool_calls: [{ id, function: { name: "weather", arguments: "{}" } }] },
        { role: "tool", tool_call_id: id, content: "sunny" },
      ],
    });
  });

  it.each([
    ["length", { stopReason: "length" }],
    ["content_filter", { stopReason: "error", errorCode: "refused" }],
    ["abort", { stopReason: "error", errorCode: "unknown" }],
  ])("ends with finish_reason %s as %j", async (reason, expected) => {
    await using server = await mantleServer(sse(chunk({ content: "so far" }, reason), end));
    const message = await server.mantle().stream({ model: MODEL, messages: question }).result();
    expect(message).toMatchObject({ ...expected, rawStopReason: reason, content: [{ type: "text", text: "so far" }] });
  });

  it("asks for effort at the nearest level the model has", async () => {
    await using server = await mantleServer(sse(chunk({ content: "Hi" }, "stop"), end));
    await server.mantle().stream({ model: MODEL, messages: question, thinking: "max" }).result();
    expect(server.requests[0]?.body).toMatchObject({ reasoning_effort: "high" });
  });

  it("closes the socket when the caller leaves the loop", async () => {
    await using server = await mantleServer((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(chunk({ content: "endless" }))}\n\n`);
    });
    const stream = server.mantle().stream({ model: MODEL, messages: question });
    for await (const event of stream) if (event.type === "text_delta") break;
    await server.disconnected();
    expect(await stream.result()).toMatchObject({ stopReason: "aborted", errorCode: "aborted" });
  });

  it("closes the socket and ends as aborted when the signal fires, also before the first byte", async () => {
    await using server = await mantleServer(() => undefined);
    const abort = new AbortController();
    const stream = server.mantle().stream({ model: MODEL, messages: question }, { signal: abort.signal });
    const events = eventsOf(stream);
    await expect.poll(() => server.requests.length).toBe(1);
    abort.abort();
    await server.disconnected();
    expect((await events).map(({ type }) => type)).toEqual(["start", "error"]);
    expect((await stream.result()).stopReason).toBe("aborted");
  });

  it.each([
    ["before the first byte", { firstByteMs: 300 }, []],
    ["in the middle", { idleMs: 300 }, [{ type: "text", text: "so far" }]],
  ])("ends as timeout when the service falls silent %s, and closes the socket", async (_, timeouts, content) => {
    await using server = await mantleServer((response) => {
      if ("firstByteMs" in timeouts) return;
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(chunk({ content: "so far" }))}\n\n`);
    });
    const mantle = server.mantle({ timeouts });
    // The client is loaded with the first call, which may take its time.
    await mantle.client();
    const message = await mantle.stream({ model: MODEL, messages: question }).result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "timeout", content });
    expect(message.errorMessage).toContain("for 0.3 seconds");
    await server.disconnected();
  });

  it("corrects an id the endpoint does not know by its list, and remembers it", async () => {
    const unknown = json(404, { error: { message: "The model 'acme.mystery-7b' does not exist" } });
    const answer = sse(chunk({ content: "Hi" }, "stop"), end);
    const list = json(200, { object: "list", data: [{ id: "qwen.qwen3-32b" }, { id: "acme.mystery-7b-instruct" }] });
    await using server = await mantleServer(unknown, list, answer, answer);
    const mantle = server.mantle();
    const message = await mantle.stream({ model: "acme.mystery-7b", messages: question }).result();
    expect(message).toMatchObject({ stopReason: "stop", model: "acme.mystery-7b" });
    await mantle.stream({ model: "amazon-bedrock-mantle/acme.mystery-7b", messages: question }).result();
    expect(server.requests.map(({ path }) => path)).toEqual([
      "/v1/chat/completions",
      "/v1/models",
      "/v1/chat/completions",
      "/v1/chat/completions",
    ]);
    expect(server.requests[3]?.body).toMatchObject({ model: "acme.mystery-7b-instruct" });
  });

  it("goes to /openai/v1 at the runtime endpoint, with the caller's headers", async () => {
    await using server = await mantleServer(sse(chunk({ content: "Hi" }, "stop"), end));
    const headers = { "X-Amzn-Bedrock-GuardrailIdentifier": "abc123" };
    await server.mantle({ endpoint: "runtime" }).stream({ model: MODEL, messages: question }, { headers }).result();
    expect(server.requests[0]).toMatchObject({
      path: "/openai/v1/chat/completions",
      headers: { "x-amzn-bedrock-guardrailidentifier": "abc123" },
      body: { model: "openai.gpt-oss-120b-1:0" },
    });
  });
});
