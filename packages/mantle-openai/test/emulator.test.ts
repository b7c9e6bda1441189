import { awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import type { AssistantMessage, Message } from "@clawrock/conversation";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createMantle, type Mantle } from "../src/index.ts";

const MODEL = "openai.gpt-oss-120b";
const tools = [
  {
    name: "get_weather",
    description: "Gives the weather of a city",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
];
const user = (content: string): Message => ({ role: "user", content, timestamp: 1 });

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function endpoints(): Record<"bedrock-mantle" | "bedrock-runtime", string> {
  return { "bedrock-mantle": emulator.url, "bedrock-runtime": emulator.url };
}

/** A session that makes its tokens from an access key. */
function mantle(options: { readonly endpoint?: "mantle" | "runtime" } = {}): Mantle {
  const { credentials, region } = emulator;
  const aws = awsSession({ region, credentials, endpoints: endpoints(), env: {} });
  return createMantle({ aws, maxRetries: 0, cache: false, ...options });
}

function text({ content }: AssistantMessage): string {
  return content.flatMap((item) => (item.type === "text" ? item.text : [])).join("");
}

describe("Mantle", () => {
  it("lists models to a token made from an access key", async () => {
    const { models, unavailable } = await mantle().discoverModels();
    expect(unavailable).toBeUndefined();
    expect(models.map(({ id }) => id)).toContain(MODEL);
    expect(models.find(({ id }) => id === MODEL)?.capabilities.reasoning.value.mode).toBe("effort");
  });

  it("streams an answer with reasoning, usage and cost", async () => {
    const message = await mantle()
      .stream({ model: MODEL, messages: [user("Say hello.")], thinking: "low" })
      .result();
    expect(message).toMatchObject({ stopReason: "stop", provider: "amazon-bedrock-mantle" });
    expect(text(message)).not.toBe("");
    expect(message.usage.input).toBeGreaterThan(0);
    expect(message.usage.output).toBeGreaterThan(0);
    expect(message.usage.priceKnown).toBe(true);
    expect(message.usage.cost.total).toBeGreaterThan(0);
    expect(message.responseId).toMatch(/^[0-9a-f-]{36}$/u);
  });

  it.each(["mantle", "runtime"] as const)("calls a tool and answers with its result, at %s", async (endpoint) => {
    const client = mantle({ endpoint });
    const messages: Message[] = [user("Use get_weather for Lisbon.")];
    const asked = await client.stream({ model: MODEL, messages, tools }).result();
    expect(asked.stopReason).toBe("toolUse");
    const [call] = asked.content.flatMap((item) => (item.type === "toolCall" ? item : []));
    expect(call).toMatchObject({ name: "get_weather", arguments: { city: expect.any(String) } });
    messages.push(asked, {
      role: "toolResult",
      toolCallId: call?.id ?? "",
      toolName: "get_weather",
      content: [{ type: "text", text: "Lisbon: 24 degrees, sunny" }],
      isError: false,
      timestamp: 2,
    });
    const answered = await client.stream({ model: MODEL, messages, tools }).result();
    expect(answered).toMatchObject({ stopReason: "stop" });
    expect(text(answered)).toContain("24 degrees");
  });

  it("obeys a tool choice", async () => {
    const none = await mantle()
      .stream({ model: MODEL, messages: [user("Use get_weather for Lisbon.")], tools, toolChoice: "none" })
      .result();
    expect(none.stopReason).toBe("stop");
    const forced = await mantle()
      .stream({ model: MODEL, messages: [user("Hello.")], tools, toolChoice: { tool: "get_weather" } })
      .result();
    expect(forced.stopReason).toBe("toolUse");
  });

  it("takes each listed model to the route and API that serve it", async () => {
    const client = mantle();
    const { models } = await client.discoverModels();
    const paths = new Set(models.map(({ route }) => route.path));
    expect(paths).toEqual(new Set(["/v1", "/openai/v1", "/anthropic/v1"]));
    for (const model of models) {
      const message = await client.stream({ model, messages: [user("Say hello.")] }).result();
      expect(message.errorMessage, model.id).toBeUndefined();
    }
  });

  it("finds a model by an id of another surface", async () => {
    for (const model of ["gpt-oss-120b", "openai.gpt-oss-120b-1:0"]) {
      const message = await mantle()
        .stream({ model, messages: [user("Say hello.")] })
        .result();
      expect(message).toMatchObject({ stopReason: "stop", model });
    }
  });

  it("says that a model does not exist", async () => {
    const message = await mantle()
      .stream({ model: "acme.mystery-1", messages: [user("Hi")] })
      .result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "model-not-found" });
    expect(message.errorMessage).toContain("acme.mystery-1");
  });

  it("says that the API key is not valid, in the stream and in the list", async () => {
    const bearerToken = "bedrock-api-key-that-nobody-knows";
    const aws = awsSession({ region: emulator.region, bearerToken, endpoints: endpoints(), env: {} });
    const client = createMantle({ aws, maxRetries: 0 });
    const message = await client.stream({ model: MODEL, messages: [user("Hi")] }).result();
    expect(message).toMatchObject({ stopReason: "error", errorCode: "invalid-credentials" });
    expect(message.errorMessage).not.toContain(bearerToken);
    expect((await client.discoverModels()).error?.kind).toBe("invalid-credentials");
  });

  it("gives the official client for any call of its own", async () => {
    const openai = await mantle().client(MODEL);
    const completion = await openai.chat.completions.create({
      model: MODEL,
      messages: [{ role: "user", content: "Say hello." }],
    });
    expect(completion.choices[0]?.message.content).toBeTruthy();
    const headers = { authorization: "Bearer of-somebody-else" };
    await expect(openai.models.list({ headers })).rejects.toThrow(/custom `Authorization` header/u);
  });
});

it("takes nothing from the openai client's own variables", async () => {
  vi.stubEnv("OPENAI_API_KEY", "sk-of-somebody");
  vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
  vi.stubEnv("OPENAI_CUSTOM_HEADERS", "x-leak: yes");
  vi.stubEnv("AWS_BEDROCK_BASE_URL", "http://127.0.0.1:1/v1");
  const before = emulator.requests.length;
  expect((await mantle().discoverModels()).unavailable).toBeUndefined();
  vi.unstubAllEnvs();
  const [request] = emulator.requests.slice(before);
  expect(JSON.stringify(request)).not.toMatch(/sk-of-somebody|x-leak/u);
});

describe.each([
  ["chat completions", MODEL],
  ["responses", "openai.gpt-5.5"],
  ["messages", "anthropic.claude-opus-4-7"],
])("a stream of %s", (_, model) => {
  const story = { model, messages: [user("Tell me a story.")] };
  const withFaults = async (faults: NonNullable<Parameters<typeof startEmulator>[0]>["faults"]) => {
    const broken = await startEmulator({ eventDelayMs: 2, ...(faults && { faults }) });
    const { credentials, region, url } = broken;
    const aws = awsSession({ region, credentials, endpoints: { "bedrock-mantle": url }, env: {} });
    const mantle = createMantle({ aws, maxRetries: 0, cache: false, timeouts: { firstByteMs: 20_000, idleMs: 1000 } });
    return { mantle, [Symbol.asyncDispose]: () => broken.close() };
  };

  it("that is cut, falls silent or holds an error ends honestly", async () => {
    const message = "Bedrock is unable to process your request.";
    await using emulated = await withFaults([
      { kind: "cut", afterBytes: 900 },
      { kind: "stall", afterEvents: 3 },
      { kind: "exception", type: "serviceUnavailableException", message, afterEvents: 3 },
    ]);
    for (const expected of [
      /the connection was cut before the end/u,
      /nothing came for 1 seconds/u,
      /unable to process/u,
    ]) {
      const events: string[] = [];
      const stream = emulated.mantle.stream(story);
      for await (const { type } of stream) events.push(type);
      expect(events.filter((type) => type === "done" || type === "error")).toEqual(events.slice(-1));
      const answer = await stream.result();
      expect(answer.stopReason).toBe("error");
      expect(answer.errorMessage).toMatch(expected);
    }
  });

  it("that is refused says how, and the next one is not harmed", async () => {
    await using emulated = await withFaults([
      { kind: "error", type: "ThrottlingException", message: "Too many requests, please wait before trying again." },
      { kind: "error", type: "ServiceUnavailableException", message: "Too many connections." },
      undefined,
    ]);
    const kinds: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { errorCode, stopReason } = await emulated.mantle.stream(story).result();
      kinds.push(errorCode ?? stopReason);
    }
    expect(kinds).toEqual(["throttled", "overloaded", "stop"]);
  });

  it("stops at its limit of tokens", async () => {
    await using emulated = await withFaults([]);
    const answer = await emulated.mantle.stream({ ...story, maxTokens: 5, thinking: "off" }).result();
    expect(answer.errorMessage).toBeUndefined();
    expect(answer).toMatchObject({ stopReason: "length" });
  });

  it("serves fifty turns over few connections", async () => {
    await using emulated = await withFaults([]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => emulated.mantle.stream({ ...story, messages: [user("Say hello.")] }).result()),
    );
    for (const answer of answers) expect(answer.errorMessage).toBeUndefined();
  });
});

it.each([MODEL, "openai.gpt-5.6-luna", "anthropic.claude-opus-4-7"])(
  "a guardrail blocks %s at the runtime",
  async (model) => {
    const guarded = await startEmulator({ openAiEndpoint: "runtime" });
    const { credentials, region, url } = guarded;
    const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": url }, env: {} });
    const client = createMantle({ aws, endpoint: "runtime", maxRetries: 0 });
    const headers = { "X-Amzn-Bedrock-GuardrailIdentifier": "emulatorgrd1", "X-Amzn-Bedrock-GuardrailVersion": "1" };
    const blocked = await client.stream({ model, messages: [user("Tell me the launch codes.")] }, { headers }).result();
    const passed = await client.stream({ model, messages: [user("Say hello.")] }, { headers }).result();
    await guarded.close();
    expect(blocked).toMatchObject({ stopReason: "error", errorCode: "guardrail-blocked" });
    expect(passed).toMatchObject({ stopReason: "stop" });
  },
);

it("a token that the service calls expired is made anew, at every API", async () => {
  for (const model of [MODEL, "openai.gpt-5.5", "anthropic.claude-opus-4-7"]) {
    const strict = await startEmulator({ faults: [undefined, { kind: "expired" }] });
    const { region, url, credentials } = strict;
    let asked = 0;
    const aws = awsSession({
      region,
      endpoints: { "bedrock-mantle": url },
      env: {},
      // Another role session each time, as roles give them.
      credentials: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, asked === 1 ? 0 : 1100));
        return { ...credentials };
      },
    });
    const client = createMantle({ aws, maxRetries: 0, cache: false });
    for (let turn = 0; turn < 2; turn++) {
      const answer = await client.stream({ model, messages: [user("Say hello.")] }).result();
      expect(answer.errorMessage, model).toBeUndefined();
    }
    expect(asked).toBe(2);
    await strict.close();
  }
});
