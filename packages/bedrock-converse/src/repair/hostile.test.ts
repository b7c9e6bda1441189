import type { Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { answer } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import { buildRequest } from "../request/build-request.ts";
import type { ConverseRequest } from "../types.ts";

const NOVA = readModel("amazon.nova-lite-v1:0");
const user = (content: unknown): Message => ({ role: "user", content, timestamp: 0 }) as Message;
const result: Message = {
  role: "toolResult",
  toolCallId: "a",
  toolName: "look",
  content: [{ type: "text", text: "ok" }],
  isError: false,
  timestamp: 0,
};
const look = { name: "look", description: "Looks.", parameters: { type: "object" } };
const build = (request: object) =>
  buildRequest({ messages: [user("hi")], ...request } as unknown as ConverseRequest, NOVA);
const called = (input: unknown): Message[] => [
  user("x"),
  answer([{ type: "toolCall", id: "a", name: "look", arguments: input }], "x"),
  result,
];
const inputOf = (input: unknown): unknown =>
  build({ messages: called(input), tools: [look] }).input.messages?.[1]?.content?.[0]?.toolUse?.input;

function nested(levels: number): Record<string, unknown> {
  let value: Record<string, unknown> = { end: true };
  for (let level = 0; level < levels; level++) value = { in: value };
  return value;
}

describe("arguments of stored calls", () => {
  it.each([
    ["as an object", nested(20_000)],
    ["as text", `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`],
  ])("nested 20,000 levels deep, %s, are cut and serialized", (_, stored) => {
    const input = inputOf(stored);
    expect(JSON.stringify(input)).toContain("left out: nested too deep");
  });

  it("keep 400 levels", () => {
    expect(inputOf(nested(400))).toEqual(nested(400));
  });

  it("that refer to themselves, once or a million times over, are cut", () => {
    const loop: Record<string, unknown> = { name: "loop" };
    loop["self"] = loop;
    expect(inputOf(loop)).toEqual({ name: "loop", self: "(left out: refers to itself)" });
    let laughs: unknown = "ha";
    for (let level = 0; level < 60; level++) laughs = [laughs, laughs];
    expect(JSON.stringify(inputOf({ laughs })).length).toBeLessThan(100_000_000);
  });

  it("keep keys that would pollute a prototype as data", () => {
    const stored = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    const input = inputOf(stored);
    expect(JSON.stringify(input)).toBe(JSON.stringify(stored));
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect((input as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("that are a getter which throws are an error that names the message", () => {
    const stored = {
      get secret(): never {
        throw new Error("no");
      },
    };
    expect(() => inputOf(stored)).toThrow(/messages\[1\] cannot be read: no.*plain data/u);
  });

  it("keep dates, drop functions, and write what JSON cannot", () => {
    const stored = { when: new Date(0), f: () => 1, n: Number.NaN, big: 10n, none: undefined };
    expect(inputOf(stored)).toEqual({ when: "1970-01-01T00:00:00.000Z", n: null, big: "10" });
  });
});

describe("values of a wrong type", () => {
  it.each([
    [{ messages: "hi" }, /messages is "hi".*Give a list/u],
    [{ messages: [null] }, /messages\[0\] is null/u],
    [{ messages: [user("x"), { content: "x" }] }, /messages\[1\]\.role is missing/u],
    [{ messages: [user(7)] }, /messages\[0\]\.content is the number 7/u],
    [{ messages: [user([{ type: "text" }])] }, /messages\[0\]\.content\[0\]\.text is missing/u],
    [{ messages: [user([{ type: "text", text: "a" }, "b"])] }, /messages\[0\]\.content\[1\] is "b"/u],
    [
      { messages: [user([{ type: "image", data: new Uint8Array(2), mimeType: "image/png" }])] },
      /messages\[0\]\.content\[0\]\.data is bytes\. Give the bytes as base64/u,
    ],
    [
      { messages: [user([{ type: "video", format: "mp4", s3: { uri: "http://x" } }])] },
      /messages\[0\]\.content\[0\]\.s3\.uri is "http:\/\/x"/u,
    ],
    [{ messages: [{ ...result, toolCallId: 7 }] }, /messages\[0\]\.toolCallId is the number 7/u],
    [{ messages: [user([{ type: "text", text: "a", guard: "query" }])] }, /content\[0\]\.guard is "query"/u],
    [
      {
        messages: [
          user([
            { type: "text", text: "a" },
            { type: "cachePoint", ttl: "2h" },
          ]),
        ],
      },
      /content\[1\]\.ttl is "2h"/u,
    ],
    [{ tools: [{ ...look, cachePoint: { ttl: 7 } }] }, /tools\[0\]\.cachePoint\.ttl is the number 7/u],
    [{ tools: [look], toolChoice: "always" }, /toolChoice is "always"/u],
    [{ systemTools: ["a b"] }, /systemTools\[0\] is "a b"/u],
    [{ cacheRetention: "forever" }, /cacheRetention is "forever"/u],
    [{ promptVariables: { a: 7 } }, /promptVariables\.a is the number 7/u],
    [{ tools: {} }, /tools is of type object/u],
    [{ tools: [{}] }, /tools\[0\]\.name is missing/u],
    [{ tools: [{ ...look, parameters: "x" }] }, /tools\[0\]\.parameters is no JSON Schema/u],
    [{ tools: [{ ...look, parameters: nested(20_000) }] }, /tools\[0\]\.parameters nests deeper than 500/u],
    [{ tools: [look], toolChoice: { tool: "other" } }, /toolChoice names the tool "other".*look/u],
    [{ system: 7 }, /system is the number 7/u],
    [{ system: [{ type: "text" }] }, /system\[0\]\.text is missing/u],
    [{ stopSequences: "END" }, /stopSequences is "END"/u],
    [{ stopSequences: [7] }, /stopSequences\[0\] is the number 7/u],
    [{ temperature: "warm" }, /temperature is "warm"/u],
    [{ maxTokens: 1.5 }, /maxTokens is 1\.5/u],
    [{ topK: -1 }, /topK is -1/u],
    [{ thinking: "very" }, /thinking is "very".*"off"/u],
    [{ serviceTier: "gold" }, /serviceTier is "gold".*"priority"/u],
    [{ latency: "fast" }, /latency is "fast"/u],
    [{ requestMetadata: { "a{": "b" } }, /requestMetadata has the key "a\{"/u],
    [{ requestMetadata: { a: 7 } }, /requestMetadata\.a/u],
    [{ responseFormat: {} }, /responseFormat\.schema is no JSON Schema/u],
    [{ additionalModelRequestFields: [] }, /additionalModelRequestFields is no JSON object/u],
    [{ additionalModelResponseFieldPaths: [""] }, /additionalModelResponseFieldPaths\[0\]/u],
  ])("are named by their path: case %#", (request, message) => {
    expect(() => build(request)).toThrow(message);
    try {
      build(request);
    } catch (error) {
      expect(error).toMatchObject({ name: "BedrockError", kind: "invalid-request" });
      expect(String(error)).not.toContain("\n");
    }
  });

  it("are errors, never hangs or crashes, for getters of messages too", () => {
    const message = {
      role: "user",
      get content(): never {
        throw new Error("boom");
      },
    };
    expect(() => build({ messages: [message] })).toThrow(/messages\[0\] cannot be read: boom/u);
  });
});

it("one answer that stands there twice, as one object, has two calls", () => {
  const [first, call] = called({ a: 1 });
  if (!first || !call) throw new Error("no messages");
  const { input, changes } = build({ messages: [first, call, call, result, result], tools: [look] });
  const ids = input.messages?.[1]?.content?.map(({ toolUse }) => toolUse?.toolUseId);
  expect(new Set(ids).size).toBe(2);
  expect(input.messages?.[2]?.content?.flatMap(({ toolResult }) => toolResult?.toolUseId ?? [])).toEqual(ids);
  expect(changes.map(({ kind }) => kind)).toEqual(["call-id-changed", "call-id-changed"]);
});

describe("sizes", () => {
  it("takes 200,000 messages of one side", () => {
    const messages = Array.from({ length: 200_000 }, () => user("hi"));
    expect(build({ messages: [...messages, ...called({})], tools: [look] }).input.messages?.[0]?.content).toHaveLength(
      200_001,
    );
  });

  it("takes a text of 10 MB", () => {
    const text = "ü".repeat(5 * 1024 * 1024);
    expect(build({ messages: [user(text)] }).input.messages?.[0]?.content?.[0]?.text).toBe(text);
  });

  it("takes 10,000 turns of tools, each with the same id, in linear time", () => {
    const turns = (count: number): Message[] => Array.from({ length: count }, () => called({ a: 1 })).flat();
    const { input, changes } = build({ messages: turns(10_000), tools: [look] });
    expect(input.messages).toHaveLength(20_001);
    expect(changes).toEqual([]);
  });
});
