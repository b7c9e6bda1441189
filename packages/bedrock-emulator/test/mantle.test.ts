import { Sha256 } from "@aws-crypto/sha256-js";
import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function client(path = "/v1", apiKey = emulator.bearerToken): OpenAI {
  return new OpenAI({ baseURL: `${emulator.url}${path}`, apiKey, maxRetries: 0 });
}

const weather = {
  type: "function" as const,
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};

describe("Mantle", () => {
  it("lists its models without geography or version", async () => {
    const ids = (await client().models.list()).data.map((model) => model.id);
    expect(ids).toContain("openai.gpt-oss-120b");
    expect(ids.some((id) => /^us\.|-v\d+:\d+$/.test(id))).toBe(false);
  });

  it("streams reasoning, text and usage", async () => {
    const stream = await client().chat.completions.create({
      model: "openai.gpt-oss-120b",
      messages: [{ role: "user", content: "Tell me about otters" }],
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let reasoning = "";
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      const delta = chunk.choices[0]?.delta;
      text += delta?.content ?? "";
      if (delta && "reasoning" in delta) reasoning += delta.reasoning;
      usage = chunk.usage ?? usage;
    }
    expect(text).toContain("otters");
    expect(reasoning).toContain("otters");
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
  });

  it("calls a tool and answers from its result", async () => {
    const question = { role: "user" as const, content: "What is the weather in Oslo?" };
    const first = await client().chat.completions.create({
      model: "qwen.qwen3-32b",
      messages: [question],
      tools: [weather],
    });
    const message = first.choices[0]?.message;
    const call = message?.tool_calls?.[0];
    expect(first.choices[0]?.finish_reason).toBe("tool_calls");
    expect(call).toMatchObject({ id: "call_0", function: { name: "get_weather", arguments: '{"city":"Oslo"}' } });
    const second = await client().chat.completions.create({
      model: "qwen.qwen3-32b",
      tools: [weather],
      messages: [
        question,
        { role: "assistant", tool_calls: message?.tool_calls ?? [] },
        { role: "tool", tool_call_id: "call_0", content: "-3 °C" },
      ],
    });
    expect(second.choices[0]?.message.content).toContain("-3 °C");
  });

  it("refuses as Mantle does", async () => {
    const create = (model: string, path?: string, key?: string) =>
      client(path, key).chat.completions.create({ model, messages: [{ role: "user", content: "Hello" }] });
    await expect(create("no.such")).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("The model 'no.such' does not exist"),
    });
    await expect(create("xai.grok-4.3")).rejects.toMatchObject({
      status: 400,
      code: "validation_error",
      message: expect.stringContaining("model `xai.grok-4.3` isn't supported on this route"),
    });
    await expect(create("xai.grok-4.3", "/openai/v1")).resolves.toBeDefined();
    await expect(create("qwen.qwen3-32b", "/v1", "wrong")).rejects.toMatchObject({
      status: 401,
      code: "invalid_api_key",
      message: expect.stringContaining("Invalid bearer token"),
    });
    expect(emulator.requests.at(-1)).toMatchObject({ status: 401, refusal: "invalid_api_key: Invalid bearer token" });
  });

  it("takes SigV4 for bedrock-mantle and for bedrock, for no other service", async () => {
    const list = async (service: string) => {
      const { hostname, port, host } = new URL(emulator.url);
      const signed = await new SignatureV4({
        service,
        region: "us-east-1",
        credentials: emulator.credentials,
        sha256: Sha256,
      }).sign(
        new HttpRequest({
          method: "GET",
          protocol: "http:",
          hostname,
          port: Number(port),
          path: "/v1/models",
          headers: { host },
        }),
      );
      return fetch(`${emulator.url}/v1/models`, { headers: signed.headers });
    };
    expect((await list("bedrock-mantle")).status).toBe(200);
    expect((await list("bedrock")).status).toBe(200);
    const other = await list("s3");
    expect(other.status).toBe(401);
    expect(await other.text()).toContain("Credential should be scoped to correct service: 'bedrock-mantle'.");
  });

  it("words faults in its own shape", async () => {
    const faulty = await startEmulator({
      faults: [
        { kind: "error", type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
      ],
    });
    const openai = new OpenAI({ baseURL: `${faulty.url}/v1`, apiKey: faulty.bearerToken, maxRetries: 0 });
    const body = { model: "openai.gpt-oss-20b", messages: [{ role: "user" as const, content: "Hello" }] };
    await expect(openai.chat.completions.create(body)).rejects.toMatchObject({
      status: 429,
      code: "rate_limit_exceeded",
    });
    expect((await openai.chat.completions.create(body)).choices[0]?.message.content).toContain("Hello");
    await faulty.close();
  });
});
