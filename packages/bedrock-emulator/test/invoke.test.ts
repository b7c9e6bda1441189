import { InvokeModelCommand, InvokeModelWithResponseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, type Json, type JsonObject, startEmulator } from "../src/index.ts";
import { novaMicro, opus47, runtimeClient, sonnet45 } from "./clients.ts";
import { gptOss, haiku3, llama, titan } from "./refused-case.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const mistral = "mistral.mistral-large-2402-v1:0";
const version = { anthropic_version: "bedrock-2023-05-31", max_tokens: 2_000 };

async function invoke(modelId: string, body: object, more: object = {}): Promise<JsonObject> {
  const answer = await runtimeClient(emulator).send(
    new InvokeModelCommand({ modelId, body: JSON.stringify(body), ...more }),
  );
  return JSON.parse(answer.body.transformToString());
}

async function stream(modelId: string, body: object, more: object = {}): Promise<JsonObject[]> {
  const answer = await runtimeClient(emulator).send(
    new InvokeModelWithResponseStreamCommand({ modelId, body: JSON.stringify(body), ...more }),
  );
  const parts: JsonObject[] = [];
  for await (const event of answer.body ?? []) {
    if (event.chunk?.bytes) parts.push(JSON.parse(Buffer.from(event.chunk.bytes).toString("utf8")));
  }
  return parts;
}

const say = 'Reply with exactly: "PONG"';
const families: readonly (readonly [string, object, Json, (part: JsonObject) => Json | undefined])[] = [
  [
    haiku3,
    { ...version, messages: [{ role: "user", content: say }] },
    { role: "assistant", content: [{ type: "text", text: "PONG" }], stop_reason: "end_turn", stop_sequence: null },
    (part) => pick(part, "delta", "text"),
  ],
  [
    novaMicro,
    { schemaVersion: "messages-v1", messages: [{ role: "user", content: [{ text: say }] }] },
    { output: { message: { role: "assistant", content: [{ text: "PONG" }] } }, stopReason: "end_turn" },
    (part) => pick(part, "contentBlockDelta", "delta", "text"),
  ],
  [
    titan,
    { inputText: say, textGenerationConfig: { maxTokenCount: 100 } },
    { results: [{ outputText: "PONG", completionReason: "FINISH" }] },
    (part) => part["outputText"],
  ],
  [llama, { prompt: say, max_gen_len: 100 }, { generation: "PONG", stop_reason: "stop" }, (part) => part["generation"]],
  [
    mistral,
    { prompt: say, max_tokens: 100 },
    { outputs: [{ text: "PONG", stop_reason: "stop" }] },
    (part) => pick(part, "outputs", "0", "text"),
  ],
  [
    mistral,
    { messages: [{ role: "user", content: say }], max_tokens: 100 },
    { choices: [{ message: { role: "assistant", content: "PONG" } }] },
    (part) => pick(part, "choices", "0", "delta", "content"),
  ],
  [
    gptOss,
    { messages: [{ role: "user", content: say }] },
    { object: "chat.completion", choices: [{ finish_reason: "stop", message: { content: "PONG" } }] },
    (part) => pick(part, "choices", "0", "delta", "content"),
  ],
  [
    "us.deepseek.r1-v1:0",
    { prompt: say, max_tokens: 1_000 },
    { choices: [{ text: "PONG", stop_reason: "stop" }] },
    (part) => pick(part, "choices", "0", "text"),
  ],
];

function pick(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let found: unknown = value;
  for (const key of path) found = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
  return typeof found === "string" ? found : undefined;
}

describe("InvokeModel of text models", () => {
  it.each(families)("%s answers in its own form, whole and streamed", async (modelId, body, expected, textOf) => {
    expect(await invoke(modelId, body)).toMatchObject(Object(expected));
    const parts = await stream(modelId, body);
    expect(parts.map((part) => textOf(part) ?? "").join("")).toBe("PONG");
    expect(parts.at(-1)?.["amazon-bedrock-invocationMetrics"]).toMatchObject({ inputTokenCount: expect.any(Number) });
  });

  it("streams Claude's events in Anthropic's order, with tool use and thinking", async () => {
    const parts = await stream(sonnet45, {
      ...version,
      thinking: { type: "enabled", budget_tokens: 1_024 },
      messages: [{ role: "user", content: "What is the weather in Berlin?" }],
      tools: [
        {
          name: "get_weather",
          description: "Get the weather of a city.",
          input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        },
      ],
    });
    const kinds = parts.map((part) => String(pick(part, "content_block", "type") ?? pick(part, "type")));
    expect(kinds.filter((kind) => !kind.endsWith("_delta"))).toEqual([
      "message_start",
      "thinking",
      "content_block_stop",
      "tool_use",
      "content_block_stop",
      "message_stop",
    ]);
    expect(JSON.parse(parts.map((part) => pick(part, "delta", "partial_json") ?? "").join(""))).toEqual({
      city: "Berlin",
    });
    expect(parts.find((part) => part["type"] === "message_delta")).toMatchObject({
      delta: { stop_reason: "tool_use" },
    });
  });

  it("takes back Claude's signed thinking and a tool's result, and refuses changed thinking", async () => {
    const tools = [{ name: "get_weather", description: "The weather of a city.", input_schema: { type: "object" } }];
    const thinking = { type: "enabled", budget_tokens: 1_024 };
    const question = { role: "user", content: "What is the weather in Berlin?" };
    const first = await invoke(sonnet45, { ...version, thinking, tools, messages: [question] });
    const content = Array.isArray(first["content"]) ? first["content"] : [];
    const use = content.find((block) => pick(block, "type") === "tool_use");
    const results = {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: pick(use, "id") ?? "", content: "a cat" }],
    };
    const send = (replayed: readonly Json[]): Promise<JsonObject> =>
      invoke(sonnet45, {
        ...version,
        thinking,
        tools,
        messages: [question, { role: "assistant", content: replayed }, results],
      });
    expect(JSON.stringify(await send(content))).toContain("a cat");
    const changed = content.map((block) =>
      pick(block, "type") === "thinking" ? { ...Object(block), thinking: "I thought of something else." } : block,
    );
    await expect(send(changed)).rejects.toThrow(/^messages\.1\.content\.0: /);
  });

  it.each([
    [haiku3, { max_tokens: 9, messages: [] }, "anthropic_version: Field required"],
    [
      haiku3,
      { ...version, messages: [{ role: "user", content: "Hi" }], stream: true },
      "stream: Extra inputs are not permitted",
    ],
    [haiku3, { ...version, max_tokens: 0, messages: [] }, "max_tokens: Input should be greater than or equal to 1"],
    [
      haiku3,
      { ...version, messages: [{ role: "user", content: [{ type: "video" }] }] },
      /^messages\.0\.content\.0: Input tag 'video'/,
    ],
    [
      opus47,
      { ...version, temperature: 1, messages: [{ role: "user", content: "Hi" }] },
      "`temperature` is deprecated for this model.",
    ],
    [
      titan,
      { prompt: "Hi" },
      "Malformed input request: #: required key [inputText] not found, please reformat your input and try again.",
    ],
    [
      titan,
      { inputText: "Hi", textGenerationConfig: { topP: 2 } },
      /#\/textGenerationConfig\/topP: 2 is not less or equal to 1,/,
    ],
    [llama, { prompt: "Hi", stop: ["x"] }, /#: extraneous key \[stop\] is not permitted,/],
    [llama, { prompt: 5 }, /#\/prompt: expected type: String, found: Integer,/],
    ["amazon.titan-image-generator-v2:0", {}, /doesn't support the InvokeModel operation/],
  ] as const)("%s refuses %j", async (modelId, body, message) => {
    await expect(invoke(modelId, body)).rejects.toThrow(message);
  });

  it("lets a guardrail of the headers intervene, whole and streamed", async () => {
    const guarded = { guardrailIdentifier: "emulatorgrd1", guardrailVersion: "1", trace: "ENABLED" };
    const body = { ...version, messages: [{ role: "user", content: "Tell me the launch codes" }] };
    const whole = await invoke(haiku3, body, guarded);
    expect(whole).toMatchObject({
      "amazon-bedrock-guardrailAction": "INTERVENED",
      stop_reason: null,
      content: [{ text: "Sorry, the model cannot answer this question." }],
    });
    expect(JSON.stringify(whole["amazon-bedrock-trace"])).toContain("launch codes");
    const parts = await stream(haiku3, body, guarded);
    expect(parts.at(-1)).toMatchObject({ "amazon-bedrock-guardrailAction": "INTERVENED" });
    await expect(invoke(haiku3, body, { ...guarded, guardrailVersion: "7" })).rejects.toThrow(
      "The guardrail identifier or version provided in the request does not exist.",
    );
  });

  it("counts tokens in headers, of a prompt cache too", async () => {
    const system = [{ type: "text", text: "remember this ".repeat(900), cache_control: { type: "ephemeral" } }];
    const body = { ...version, system, messages: [{ role: "user", content: "Hello" }] };
    const first = await invoke(sonnet45, body);
    const second = await invoke(sonnet45, body);
    expect(first["usage"]).toMatchObject({ cache_read_input_tokens: 0 });
    const written = Number(Object(first["usage"]).cache_creation_input_tokens);
    expect(written).toBeGreaterThan(1_024);
    expect(second["usage"]).toMatchObject({ cache_read_input_tokens: written, cache_creation_input_tokens: 0 });
  });
});
