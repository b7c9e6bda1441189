import { awsSession } from "@clawrock/aws-auth";
import type { AssistantMessage, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { createMantle } from "../src/index.ts";
import { chunk, end, json, mantleServer, sse, usage } from "./mantle-server.ts";

const MODEL = "openai.gpt-oss-120b";
const messages: Message[] = [{ role: "user", content: "Hi", timestamp: 1 }];
const piece = (call: object): object => chunk({ tool_calls: [call] });
const timeouts = { firstByteMs: 3000, idleMs: 3000 };

/** The final message, after exactly one terminal event, the last. */
async function answerTo(...answers: Parameters<typeof mantleServer>): Promise<AssistantMessage> {
  await using server = await mantleServer(...answers);
  const events: string[] = [];
  const stream = server.mantle({ timeouts }).stream({ model: MODEL, messages });
  for await (const { type } of stream) events.push(type);
  expect(events.filter((type) => type === "done" || type === "error")).toEqual(events.slice(-1));
  return await stream.result();
}

describe("tool calls", () => {
  it("without a name make the answer a broken one, not one that waits for tools", async () => {
    const nameless = piece({ index: 0, id: "call-a", function: { arguments: "{}" } });
    const message = await answerTo(sse(nameless, chunk({}, "tool_calls"), end));
    expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol", content: [] });
    expect(message.errorMessage).toContain("tool call without a name");
  });

  it("that say nothing at all are none", async () => {
    const stub = chunk({
      content: "a",
      tool_calls: [{ index: 0, id: "", function: { name: "", arguments: "" } }, null],
    });
    const message = await answerTo(sse(stub, chunk({}, "stop"), end));
    expect(message).toMatchObject({ stopReason: "stop", content: [{ type: "text", text: "a" }] });
  });

  it("that all come with index 0 are kept apart by their ids", async () => {
    const call = (id: string, name: string, input: string) =>
      piece({ index: 0, id, function: { name, arguments: input } });
    const more = (input: string) => piece({ index: 0, id: null, function: { name: null, arguments: input } });
    const frames = [call("call-a", "f", '{"a"'), more(":1}"), call("call-b", "g", '{"b"'), more(":2}")];
    const message = await answerTo(sse(...frames, chunk({}, "tool_calls"), end));
    expect(message.content).toMatchObject([
      { type: "toolCall", id: "call-a", name: "f", arguments: { a: 1 } },
      { type: "toolCall", id: "call-b", name: "g", arguments: { b: 2 } },
    ]);
  });

  it("that repeat id and name in every piece are one", async () => {
    const again = (input: string) => piece({ index: 0, id: "call-a", function: { name: "f", arguments: input } });
    const message = await answerTo(sse(again('{"a"'), again(":1}"), chunk({}, "tool_calls"), end));
    expect(message.content).toMatchObject([{ type: "toolCall", id: "call-a", arguments: { a: 1 } }]);
  });

  it("with null for every absent field are read", async () => {
    const frames = [
      { id: null, choices: [{ delta: { content: null, tool_calls: null, reasoning: null }, finish_reason: null }] },
      { id: null, choices: [{ delta: null, finish_reason: null }], usage: null, error: null },
      piece({ index: 0, id: "call-a", type: null, function: { name: "f", arguments: null } }),
      piece({ index: 0, id: null, type: null, function: { name: null, arguments: '{"x":1}' } }),
      piece({ index: 0, id: null, type: null, function: null }),
    ];
    const message = await answerTo(sse(...frames, chunk({}, "tool_calls"), end));
    expect(message).toMatchObject({ stopReason: "toolUse", content: [{ id: "call-a", arguments: { x: 1 } }] });
  });
});

describe("tool names", () => {
  it("in letters that chat completions refuse go out in others and come back as they were", async () => {
    const names = ["mcp.files/read", "mcp.files_read", "x".repeat(80), "plain-1"];
    const tools = names.map((name) => ({ name, description: name, parameters: { type: "object" } }));
    await using server = await mantleServer((response, request) => {
      const { tools: sent, tool_choice: choice } = request.body as {
        readonly tools: readonly { readonly function: { readonly name: string } }[];
        readonly tool_choice: unknown;
      };
      const wire = sent.map((tool) => tool.function.name);
      for (const name of wire) expect(name).toMatch(/^[a-zA-Z0-9_-]{1,64}$/u);
      expect(choice).toEqual({ type: "function", function: { name: wire[0] } });
      const calls = wire.map((name, index) =>
        piece({ index, id: `call-${index}-x`, function: { name, arguments: "{}" } }),
      );
      sse(...calls, chunk({}, "tool_calls"), end)(response, request);
    });
    const turn = { model: MODEL, messages, tools, toolChoice: { tool: "mcp.files/read" } };
    const { content } = await server.mantle().stream(turn).result();
    expect(content.map((item) => (item.type === "toolCall" ? item.name : item))).toEqual(names);
  });
});

describe("an answer", () => {
  it("in parts keeps its text", async () => {
    const parts = chunk({
      content: [{ type: "text", text: "Hel" }, { type: "text", text: "lo" }, null, { type: "x" }],
    });
    const message = await answerTo(sse(parts, chunk({}, "stop"), end));
    expect(message).toMatchObject({ stopReason: "stop", content: [{ type: "text", text: "Hello" }] });
  });

  it.each([
    ["usage before the end", [usage, chunk({}, "stop")], 37],
    ["usage after the end", [chunk({}, "stop"), usage], 37],
    ["no usage", [chunk({}, "stop")], 0],
    ["null in its usage", [chunk({}, "stop", { usage: { prompt_tokens: 5, completion_tokens: null } })], 5],
  ])("with %s is done", async (_, frames, totalTokens) => {
    const message = await answerTo(sse(chunk({ content: "a" }), ...frames, end));
    expect(message).toMatchObject({ stopReason: "stop", usage: { totalTokens } });
  });

  it("with frames that say nothing is done", async () => {
    const odd = ["data: null\n\n", "data: [1]\n\n", 'data: "x"\n\n', ": ping\n\n", { choices: [] }, {}];
    const message = await answerTo(sse(...odd, chunk({ content: "a" }, "stop"), end));
    expect(message).toMatchObject({ stopReason: "stop", content: [{ text: "a" }] });
  });

  it("that keeps its connection open after [DONE] is done", async () => {
    const message = await answerTo((response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(chunk({ content: "a" }, "stop"))}\n\n${end}`);
    });
    expect(message.stopReason).toBe("stop");
  });
});

describe("an error", () => {
  it.each([
    ["in a frame", { error: { code: 429, message: "Slow down" } }, "throttled"],
    ["in a bare frame", { object: "error", code: 503, message: "Busy" }, "overloaded"],
    ["in words", { error: "boom" }, "unknown"],
    ["with null choices", { choices: null, message: "Too many requests", code: "429" }, "throttled"],
  ])("%s has its kind, whether its code is a number or not", async (_, frame, kind) => {
    const message = await answerTo(sse(chunk({ content: "so far" }), frame, end));
    expect(message).toMatchObject({ stopReason: "error", errorCode: kind, content: [{ text: "so far" }] });
  });

  it("of a redirect does not wait for the redirect's body, and does not repeat its query", async () => {
    const message = await answerTo((response) => {
      response.writeHead(302, { location: "/login?state=secret" });
      response.write("One moment");
    });
    expect(message).toMatchObject({ errorCode: "protocol" });
    expect(message.errorMessage).toContain("redirect (302) to /login,");
    expect(JSON.stringify(message)).not.toContain("secret");
  });

  it.each([
    ["a header", (token: string) => `bad header authorization: ${token}`],
    ["a token", (token: string) => `bad token ${token.slice("Bearer ".length)}`],
  ])("that quotes %s does not tell the token", async (_, quoting) => {
    const message = await answerTo((response, request) =>
      json(400, { error: { message: quoting(String(request.headers.authorization)) } })(response, request),
    );
    expect(message.stopReason).toBe("error");
    expect(JSON.stringify(message)).not.toContain("bedrock-api-key-of-a-test");
  });

  it("of the token, twice, ends after one request", async () => {
    await using server = await mantleServer(json(401, { message: "The security token is expired" }));
    const message = await server.mantle({ maxRetries: 2 }).stream({ model: MODEL, messages }).result();
    expect(message.stopReason).toBe("error");
    expect(server.requests).toHaveLength(1);
  });
});

it("never sends a token of one region to another", async () => {
  await using server = await mantleServer(json(200, { data: [{ id: MODEL }] }));
  const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret" };
  const aws = awsSession({ region: "us-east-1", credentials, endpoints: { "bedrock-mantle": server.url }, env: {} });
  const regions = ["us-east-1", "eu-west-1", "us-east-1"];
  for (const region of regions)
    await createMantle({ aws: aws.in({ region }), maxRetries: 0, cache: false }).discoverModels();
  const signedFor = server.requests.map(({ headers }) => {
    const token = String(headers.authorization).replace("Bearer bedrock-api-key-", "");
    return /%2F([a-z]+-[a-z]+-\d)%2Fbedrock/u.exec(Buffer.from(token, "base64").toString("utf8"))?.[1];
  });
  expect(signedFor).toEqual(regions);
});

it.each([
  [MODEL, "chat"],
  ["openai.gpt-5.5", "responses"],
  ["anthropic.claude-opus-4-7", "messages"],
])("a line without an end is given up long before memory is (%s, %s)", async (model) => {
  let written = 0;
  await using server = await mantleServer((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const mebibyte = "x".repeat(1024 * 1024);
    response.write("data: ");
    const more = (): void => {
      if (response.destroyed || written >= 100) return;
      written += 1;
      response.write(mebibyte, () => setImmediate(more));
    };
    more();
  });
  const stream = server.mantle({ timeouts: { firstByteMs: 20_000 } }).stream({ model, messages });
  const message = await stream.result();
  expect(message).toMatchObject({ stopReason: "error", errorCode: "protocol" });
  expect(message.errorMessage).toContain("more than 32 MiB");
  await server.disconnected();
  expect(written).toBeLessThan(100);
});

it.each(["openai.gpt-5.5", "anthropic.claude-opus-4-7", MODEL])(
  "a web page or JSON instead of a stream is named (%s)",
  async (model) => {
    await using server = await mantleServer(
      json(200, "<!doctype html><p>Sign in</p>", { "content-type": "text/html" }),
      json(200, { error: { type: "rate_limit_error", message: "Slow down" } }),
      json(200, { id: "whole", object: "chat.completion" }),
      json(200, "{oops"),
    );
    const mantle = server.mantle();
    const told: unknown[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const { errorCode, errorMessage } = await mantle.stream({ model, messages }).result();
      told.push([errorCode, errorMessage?.includes("instead of")]);
    }
    expect(told).toEqual([
      ["protocol", true],
      ["throttled", false],
      ["protocol", true],
      ["protocol", true],
    ]);
  },
);

describe("an abort", () => {
  /** An answer of eleven frames, one a tick, with text and calls in turns. */
  const slow: Parameters<typeof mantleServer>[0] = async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const call = (index: number) => piece({ index, id: `call-${index}`, function: { name: "f", arguments: "{}" } });
    for (let at = 0; at < 10 && !response.destroyed; at++) {
      response.write(`data: ${JSON.stringify(at % 2 ? chunk({ content: "a" }) : call(at))}\n\n`);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    response.end(`data: ${JSON.stringify(chunk({}, "tool_calls"))}\n\n${end}`);
  };

  it("after any event ends the stream with one event and no tool call, unless it was done", async () => {
    await using server = await mantleServer(slow);
    for (let after = 0; after < 40; after++) {
      const controller = new AbortController();
      const events: string[] = [];
      if (after === 0) controller.abort();
      const stream = server.mantle().stream({ model: MODEL, messages }, { signal: controller.signal });
      for await (const { type } of stream) {
        events.push(type);
        if (events.length === after) controller.abort();
      }
      expect(events.filter((type) => type === "done" || type === "error")).toEqual(events.slice(-1));
      const message = await stream.result();
      if (message.stopReason === "toolUse") continue;
      expect(message.stopReason).toBe("aborted");
      expect(message.content.filter(({ type }) => type === "toolCall")).toEqual([]);
    }
  });

  it("or a break frees the connection, a hundred times", async () => {
    let open = 0;
    await using server = await mantleServer((response) => {
      open += 1;
      response.on("close", () => {
        open -= 1;
      });
      response.writeHead(200, { "content-type": "text/event-stream" });
      const frames = [chunk({ content: "a" }), { message: "bare" }, { error: { message: "framed" } }];
      const frame = frames[server.requests.length % frames.length];
      response.write(`data: ${JSON.stringify(frame)}\n\n`);
    });
    for (let turn = 0; turn < 100; turn++) {
      for await (const { type } of server.mantle().stream({ model: MODEL, messages })) {
        if (type === "text_delta") break;
      }
    }
    await expect.poll(() => open).toBe(0);
    expect(server.requests).toHaveLength(100);
  });
});
