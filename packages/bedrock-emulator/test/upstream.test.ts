import { createServer, type Server } from "node:http";
import { ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { ask, novaMicro, runtimeClient, sonnet45 } from "./clients.ts";

interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly tools?: readonly unknown[];
}

const received: ChatBody[] = [];
let server: Server;
let baseUrl: string;
let emulator: Emulator;

/** What the stub says: thoughts and a tool call when tools are offered, otherwise the last message in capitals. */
function chunksFor(body: ChatBody): object[] {
  const last = body.messages.at(-1);
  const usage = { choices: [], usage: { prompt_tokens: 21, completion_tokens: 4 } };
  if (body.tools && last?.role === "user") {
    return [
      { choices: [{ delta: { reasoning_content: "They want " } }] },
      { choices: [{ delta: { reasoning_content: "the weather." } }] },
      {
        choices: [{ delta: { tool_calls: [{ index: 0, id: "x", function: { name: "get_weather", arguments: "" } }] } }],
      },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '"Rome"}' } }] } }] },
      { choices: [{ delta: {}, finish_reason: "stop" }] },
      usage,
    ];
  }
  return [
    { choices: [{ delta: { content: String(last?.content).toUpperCase() } }] },
    { choices: [{ delta: { content: "!" } }] },
    { choices: [{ delta: {}, finish_reason: "length" }] },
    usage,
  ];
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.url === "/v1/models") {
      response.end(JSON.stringify({ data: [{ id: "tiny" }] }));
      return;
    }
    let text = "";
    for await (const chunk of request) text += chunk;
    const body: ChatBody = JSON.parse(text);
    received.push(body);
    if (body.messages.at(-1)?.content === "fail") {
      response.writeHead(418).end("no tea");
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const chunk of chunksFor(body)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  baseUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1`;
  emulator = await startEmulator({ upstream: { baseUrl } });
});
afterAll(async () => {
  await emulator.close();
  server.close();
});

describe("an upstream model", () => {
  it("answers in the place of the engine, with its own usage and stop reason", async () => {
    const answer = await runtimeClient(emulator).send(
      new ConverseCommand({ modelId: novaMicro, system: [{ text: "Be loud" }], messages: ask("hello there") }),
    );
    expect(answer.output?.message?.content).toEqual([{ text: "HELLO THERE!" }]);
    expect(answer.stopReason).toBe("max_tokens");
    expect(answer.usage).toMatchObject({ inputTokens: 21, outputTokens: 4, totalTokens: 25 });
    expect(received.at(-1)).toMatchObject({ model: "tiny", messages: [{ role: "system", content: "Be loud" }, {}] });
  });

  it("calls tools and thinks in the shapes of the addressed model, and takes its thinking back", async () => {
    const additionalModelRequestFields = { thinking: { type: "enabled", budget_tokens: 1_024 } };
    const toolConfig = {
      tools: [{ toolSpec: { name: "get_weather", inputSchema: { json: { type: "object" as const } } } }],
    };
    const question = ask("weather in Rome?");
    const first = await runtimeClient(emulator).send(
      new ConverseCommand({ modelId: sonnet45, messages: question, toolConfig, additionalModelRequestFields }),
    );
    const content = first.output?.message?.content ?? [];
    expect(content[0]?.reasoningContent?.reasoningText?.text).toBe("They want the weather.");
    expect(content[1]?.toolUse).toMatchObject({ name: "get_weather", input: { city: "Rome" } });
    expect(first.stopReason).toBe("tool_use");
    const second = await runtimeClient(emulator).send(
      new ConverseStreamCommand({
        modelId: sonnet45,
        toolConfig,
        additionalModelRequestFields,
        messages: [
          ...question,
          { role: "assistant", content },
          {
            role: "user",
            content: [{ toolResult: { toolUseId: content[1]?.toolUse?.toolUseId, content: [{ text: "sunny" }] } }],
          },
        ],
      }),
    );
    let text = "";
    for await (const event of second.stream ?? []) text += event.contentBlockDelta?.delta?.text ?? "";
    expect(text).toBe("SUNNY!");
  });

  it("that cannot be reached or refuses is told plainly", async () => {
    const converse = (target: Emulator, text: string) =>
      runtimeClient(target).send(new ConverseCommand({ modelId: novaMicro, messages: ask(text) }));
    await expect(converse(emulator, "fail")).rejects.toThrow(/^The upstream http.* answered 418: no tea$/);
    const gone = await startEmulator();
    await gone.close();
    const nowhere = await startEmulator({ upstream: { baseUrl: `${gone.url}/v1`, model: "tiny" } });
    await expect(converse(nowhere, "hello")).rejects.toMatchObject({
      name: "ServiceUnavailableException",
      message: expect.stringMatching(/cannot be reached: .*ECONNREFUSED/),
    });
    const stream = runtimeClient(nowhere).send(
      new ConverseStreamCommand({ modelId: novaMicro, messages: ask("hello") }),
    );
    await expect(stream).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    await nowhere.close();
  });
});
