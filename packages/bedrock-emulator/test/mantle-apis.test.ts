import { createParser } from "eventsource-parser";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function client(path: string, headers: Record<string, string> = {}): OpenAI {
  return new OpenAI({
    baseURL: `${emulator.url}${path}`,
    apiKey: emulator.bearerToken,
    maxRetries: 0,
    defaultHeaders: headers,
  });
}

const luna = "openai.gpt-5.6-luna";
const haiku = "anthropic.claude-haiku-4-5";
const tool = {
  type: "function" as const,
  name: "get_weather",
  description: "The weather of a city",
  strict: false,
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

describe("Responses", () => {
  it("answer whole, with reasoning and usage", async () => {
    const answer = await client("/openai/v1").responses.create({ model: luna, input: 'Reply with exactly: "PONG"' });
    expect([answer.output_text, answer.status, answer.output[0]?.type]).toEqual(["PONG", "completed", "reasoning"]);
    expect(answer.usage?.total_tokens).toBe((answer.usage?.input_tokens ?? 0) + (answer.usage?.output_tokens ?? 0));
    const open = await client("/v1").responses.create({ model: "openai.gpt-oss-120b", input: "Hello" });
    expect(JSON.stringify(open.output[0])).toContain("reasoning_text");
  });

  it("stream in the order of the API, and run a tool round trip whose call ids begin at call_0", async () => {
    const openai = client("/openai/v1");
    const input: OpenAI.Responses.ResponseInput = [{ role: "user", content: "What is the weather in Oslo?" }];
    const ids: string[] = [];
    for (const _ of [1, 2]) {
      const events: OpenAI.Responses.ResponseStreamEvent[] = [];
      for await (const event of await openai.responses.create({ model: luna, input, tools: [tool], stream: true }))
        events.push(event);
      expect(events.slice(0, 2).map((event) => event.type)).toEqual(["response.created", "response.in_progress"]);
      expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
      const last = events.at(-1);
      const call =
        last?.type === "response.completed" && last.response.output.find((item) => item.type === "function_call");
      if (!call) throw new Error("no call");
      expect(JSON.parse(call.arguments)).toEqual({ city: "Oslo" });
      ids.push(call.call_id);
    }
    expect(ids).toEqual(["call_0", "call_0"]);
    const answered = await openai.responses.create({
      model: luna,
      tools: [tool],
      input: [
        ...input,
        { type: "function_call", call_id: "call_0", name: "get_weather", arguments: '{"city":"Oslo"}' },
        { type: "function_call_output", call_id: "call_0", output: "-3 °C" },
      ],
    });
    expect(answered.output_text).toContain("-3 °C");
  });

  it("write data before event, and encrypted reasoning where it is asked for", async () => {
    const answer = await fetch(`${emulator.url}/openai/v1/responses`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}` },
      body: JSON.stringify({ model: luna, input: "Hi", stream: true, include: ["reasoning.encrypted_content"] }),
    });
    const events = (await answer.text()).split("\n\n").filter(Boolean);
    expect(events.every((event) => /^data: \{.*\}\nevent: response\.[a-z_.]+$/.test(event))).toBe(true);
    expect(events.join("")).toContain('"encrypted_content":"rsn_');
    expect(events.join("")).toContain('"type":"response.output_text.delta"');
  });

  it("end incomplete at max_output_tokens", async () => {
    const answer = await client("/openai/v1").responses.create({
      model: luna,
      input: "Count to 500",
      max_output_tokens: 30,
    });
    expect([answer.status, answer.incomplete_details?.reason]).toEqual(["incomplete", "max_output_tokens"]);
  });

  it.each([
    ["/v1", luna, 400, `model \`${luna}\` isn't supported on this route`],
    ["/mantle/openai/v1", "qwen.qwen3-32b", 400, "isn't supported on this route"],
    ["/v1", "qwen.qwen3-32b", 400, "The model 'qwen.qwen3-32b' does not support the '/v1/responses' API"],
    ["/v1", haiku, 400, "isn't supported on this route"],
    ["/v1", "no.such", 404, "The model 'no.such' does not exist"],
  ])("on %s refuse %s with %i", async (path, model, status, message) => {
    await expect(client(path).responses.create({ model, input: "Hi" })).rejects.toMatchObject({
      status,
      message: expect.stringContaining(message),
    });
  });

  it("refuse parameters and items that are not theirs", async () => {
    const create = (body: object) => client("/openai/v1").post("/responses", { body: { model: luna, ...body } });
    await expect(create({ input: "Hi", reasoning_effort: "low" })).rejects.toThrow(
      "Unknown parameter: 'reasoning_effort'.",
    );
    await expect(create({})).rejects.toThrow("Missing required parameter: 'input'.");
    await expect(create({ input: [] })).rejects.toThrow("empty array");
    await expect(create({ input: [{ type: "nonsense" }] })).rejects.toThrow("'nonsense'");
    await expect(create({ input: "Hi", previous_response_id: "resp_x" })).rejects.toThrow("'resp_x' not found");
  });
});

describe("the runtime's /openai/v1", () => {
  const chat = (path: string, model: string, headers?: Record<string, string>) =>
    client(path, headers).chat.completions.create({
      model,
      messages: [{ role: "user", content: "the launch codes?" }],
    });
  const guardrail = { "X-Amzn-Bedrock-GuardrailIdentifier": "emulatorgrd1", "X-Amzn-Bedrock-GuardrailVersion": "1" };

  it("is told from Mantle's by a path prefix", async () => {
    await expect(chat("/runtime/openai/v1", "openai.gpt-oss-20b-1:0")).resolves.toBeDefined();
    await expect(chat("/runtime/openai/v1", "openai.gpt-oss-20b")).rejects.toMatchObject({ status: 404 });
    await expect(chat("/mantle/openai/v1", "openai.gpt-oss-20b-1:0")).rejects.toMatchObject({ status: 404 });
    await expect(chat("/mantle/v1", "openai.gpt-oss-20b")).resolves.toBeDefined();
    await expect(chat("/runtime/v1", "openai.gpt-oss-20b")).rejects.toMatchObject({ status: 404 });
    await expect(client("/runtime/openai/v1").models.list()).rejects.toMatchObject({ status: 404 });
    await expect(
      client("/runtime/openai/v1").responses.create({ model: "openai.gpt-oss-20b-1:0", input: "Hi" }),
    ).rejects.toThrow("does not support the '/v1/responses' API");
  });

  it("takes guardrail headers; Mantle does not look at them", async () => {
    const guarded = await chat("/runtime/openai/v1", "openai.gpt-oss-20b-1:0", guardrail);
    expect(guarded.choices[0]).toMatchObject({
      finish_reason: "content_filter",
      message: { content: "Sorry, the model cannot answer this question." },
    });
    const free = await chat("/mantle/v1", "openai.gpt-oss-20b", guardrail);
    expect(free.choices[0]?.finish_reason).toBe("stop");
    await expect(
      chat("/runtime/openai/v1", "openai.gpt-oss-20b-1:0", { ...guardrail, "X-Amzn-Bedrock-GuardrailVersion": "9" }),
    ).rejects.toThrow("The guardrail identifier or version provided in the request does not exist.");
  });

  it("is told by the service's own host names, and by an option", async () => {
    const { request } = await import("node:http");
    const list = (host: string) =>
      new Promise((resolve, reject) => {
        const headers = { host, authorization: `Bearer ${emulator.bearerToken}` };
        request(`${emulator.url}/openai/v1/models`, { headers }, (answer) => resolve(answer.resume().statusCode))
          .on("error", reject)
          .end();
      });
    expect(await list("bedrock-mantle.us-east-1.api.aws")).toBe(200);
    expect(await list("bedrock-runtime.us-east-1.amazonaws.com")).toBe(404);
    const runtime = await startEmulator({ openAiEndpoint: "runtime" });
    const openai = new OpenAI({ baseURL: `${runtime.url}/openai/v1`, apiKey: runtime.bearerToken, maxRetries: 0 });
    await expect(openai.models.list()).rejects.toMatchObject({ status: 404 });
    await runtime.close();
  });
});

describe("/anthropic/v1/messages", () => {
  const post = (body: object, path = "", headers: Record<string, string> = { "x-api-key": emulator.bearerToken }) =>
    fetch(`${emulator.url}/anthropic/v1/messages${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const hello = { model: haiku, max_tokens: 100, messages: [{ role: "user", content: 'Reply with exactly: "PONG"' }] };

  it("answers whole and streamed, with either header", async () => {
    const answer = await post(hello);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { id: expect.stringMatching(/^msg_01/), model: haiku, content: [{ type: "text", text: "PONG" }] },
    ]);
    const streamed = await post({ ...hello, stream: true }, "", { authorization: `Bearer ${emulator.bearerToken}` });
    const seen: (string | undefined)[] = [];
    const parser = createParser({ onEvent: (event) => seen.push(event.event) });
    parser.feed(await streamed.text());
    expect([...new Set(seen)]).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    expect(await (await post({ ...hello, max_tokens: undefined }, "/count_tokens")).json()).toEqual({
      input_tokens: expect.any(Number),
    });
  });

  it.each([
    [{ ...hello, model: "qwen.qwen3-32b" }, 400, "invalid_request_error", "isn't supported on this route"],
    [{ ...hello, model: "no.such" }, 404, "not_found_error", "does not exist"],
    [{ ...hello, max_tokens: undefined }, 400, "invalid_request_error", "max_tokens: Field required"],
    [{ ...hello, foo: 1 }, 400, "invalid_request_error", "foo: Extra inputs are not permitted"],
  ])("refuses %j", async (body, status, type, message) => {
    const answer = await post(body);
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { type: "error", error: { type, message: expect.stringContaining(message) } },
    ]);
  });

  it("refuses an unknown key", async () => {
    const answer = await post(hello, "", { "x-api-key": "wrong" });
    expect([answer.status, await answer.json()]).toMatchObject([401, { error: { type: "authentication_error" } }]);
  });
});
