import type { Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { TOOLS } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import type { ConverseRequest } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const point = (ttl?: "5m" | "1h") => (ttl ? { type: "cachePoint" as const, ttl } : { type: "cachePoint" as const });
const say = (text: string) => ({ type: "text" as const, text });
const pdf = { type: "document" as const, data: Buffer.from("%PDF-1.7").toString("base64"), format: "pdf", name: "a" };
const user = (content: Extract<Message, { role: "user" }>["content"]): Message => ({
  role: "user",
  content,
  timestamp: 0,
});

function built(request: Partial<ConverseRequest>, id = SONNET) {
  const model = readModel(id);
  return buildRequest({ model, messages: [user("hi")], cacheRetention: "none", ...request }, model);
}

describe("points of the caller", () => {
  it("stand where they were put: in tools, system and messages", () => {
    const [look, read] = TOOLS;
    if (!look || !read) throw new Error("no tools");
    const { input, changes } = built({
      tools: [{ ...look, cachePoint: { ttl: "1h" } }, read],
      system: [say("Be kind."), point("1h"), say("Today is Monday.")],
      messages: [user([say("long"), point(), say("question")])],
    });
    expect(input.toolConfig?.tools?.map((tool) => Object.keys(tool)[0])).toEqual([
      "toolSpec",
      "cachePoint",
      "toolSpec",
    ]);
    expect(input.system?.[1]).toEqual({ cachePoint: { type: "default", ttl: "1h" } });
    expect(input.messages?.[0]?.content?.[1]).toEqual({ cachePoint: { type: "default" } });
    expect(changes).toEqual([]);
  });

  it("keep their place beside this package's own, which fill the rest up to what the model takes", () => {
    const messages = [user([say("a"), point(), say("b"), point(), say("c"), point(), say("d")])];
    const { input } = built({ messages, system: "s", tools: TOOLS, cacheRetention: "short" });
    expect(JSON.stringify(input).match(/"cachePoint"/gu)).toHaveLength(4);
    expect(JSON.stringify(input.messages).match(/"cachePoint"/gu)).toHaveLength(4);
  });

  it("are left out beyond the model's number, the earliest of the messages first", () => {
    const messages = [
      user([say("a"), point(), say("b"), point(), say("c"), point(), say("d"), point(), say("e"), point()]),
    ];
    const { input, changes } = built({ messages });
    const kinds = input.messages?.[0]?.content?.map((block) => Object.keys(block)[0]);
    expect(kinds).toEqual([
      "text",
      "text",
      "cachePoint",
      "text",
      "cachePoint",
      "text",
      "cachePoint",
      "text",
      "cachePoint",
    ]);
    expect(changes).toEqual([
      { kind: "option-left-out", option: "messages[0].cachePoint", reason: "the model takes 4 at most" },
    ]);
  });

  it("live no longer than one before them", () => {
    const { input, changes } = built({ system: [say("s"), point("5m")], messages: [user([say("a"), point("1h")])] });
    expect(input.messages?.[0]?.content?.[1]).toEqual({ cachePoint: { type: "default" } });
    expect(changes).toMatchObject([{ kind: "option-changed", option: "messages[0].cachePoint.ttl" }]);
    const auto = built({ system: [say("s"), point("5m")], cacheRetention: "long" });
    expect(JSON.stringify(auto.input.messages)).not.toContain("1h");
  });

  it("are left out where nothing stands before them, in a part that is not cached, and without a cache", () => {
    expect(built({ messages: [user([point(), say("a")])] }).changes).toMatchObject([
      { option: "messages[0].cachePoint" },
    ]);
    const [look] = TOOLS;
    if (!look) throw new Error("no tool");
    const nova = built({ tools: [{ ...look, cachePoint: {} }] }, "amazon.nova-lite-v1:0");
    expect(nova.changes).toMatchObject([{ option: "tools.cachePoint", reason: "the model caches no tools" }]);
    const llama = built({ messages: [user([say("a"), point()])] }, "us.meta.llama3-3-70b-instruct-v1:0");
    expect(llama.changes).toMatchObject([{ reason: "the model has no prompt cache" }]);
    expect(JSON.stringify([nova.input, llama.input])).not.toContain("cachePoint");
  });

  it("get words between a document and themselves", () => {
    const { input } = built({ messages: [user([say("read"), pdf, point()])] });
    expect(input.messages?.[0]?.content?.slice(2)).toEqual([
      { text: "(End of the attachment.)" },
      { cachePoint: { type: "default" } },
    ]);
  });
});

describe("points of this package", () => {
  it("stand behind tools, system and the last stable block of the user, for an hour if asked", () => {
    const { input } = built({ system: "s", tools: TOOLS, cacheRetention: "long" });
    const hour = { cachePoint: { type: "default", ttl: "1h" } };
    expect([input.toolConfig?.tools?.at(-1), input.system?.at(-1), input.messages?.[0]?.content?.at(-1)]).toEqual([
      hour,
      hour,
      hour,
    ]);
  });

  it("stand before a document at the end, never behind it", () => {
    const { input } = built({ messages: [user([say("read"), pdf])], cacheRetention: "short" });
    expect(input.messages?.[0]?.content?.map((block) => Object.keys(block)[0])).toEqual([
      "text",
      "cachePoint",
      "document",
    ]);
  });
});
