import type { AssistantMessage, Message, ToolResultMessage } from "@clawrock/conversation";
import { emptyUsage } from "@clawrock/conversation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chatMessages } from "./chat-messages.ts";

const user = (content: Extract<Message, { role: "user" }>["content"]): Message => ({
  role: "user",
  content,
  timestamp: 1,
});

function assistant(...content: AssistantMessage["content"]): AssistantMessage {
  const about = { api: "bedrock-converse-stream", provider: "amazon-bedrock", model: "m", usage: emptyUsage() };
  return { role: "assistant", content, ...about, stopReason: "stop", timestamp: 1 };
}

function call(id: string): AssistantMessage["content"][number] {
  return { type: "toolCall", id, name: "look", arguments: { at: id } };
}

function result(toolCallId: string, content: ToolResultMessage["content"], isError = false): ToolResultMessage {
  return { role: "toolResult", toolCallId, toolName: "look", content, isError, timestamp: 1 };
}

const said = (text: string) => ({ type: "text" as const, text });
const image = { type: "image" as const, data: "aGk=", mimeType: "image/png" };

function sent(messages: readonly Message[], input: Parameters<typeof chatMessages>[0]["input"] = ["text"]) {
  return chatMessages({ messages, input });
}

describe("chatMessages", () => {
  it("puts results behind their calls in the order of the calls, whatever stands between", () => {
    const messages = [
      user("go"),
      assistant({ type: "thinking", thinking: "hm" }, said("Looking."), call("a"), call("b")),
      user("<<<context>>>"),
      result("b", [said("B")]),
      result("a", [said("A")], true),
      user("and?"),
    ];
    expect(sent(messages)).toEqual([
      { role: "user", content: "go" },
      {
        role: "assistant",
        content: "Looking.",
        tool_calls: [
          { id: "a", type: "function", function: { name: "look", arguments: '{"at":"a"}' } },
          { id: "b", type: "function", function: { name: "look", arguments: '{"at":"b"}' } },
        ],
      },
      { role: "tool", tool_call_id: "a", content: "Error: A" },
      { role: "tool", tool_call_id: "b", content: "B" },
      { role: "user", content: "<<<context>>>\nand?" },
    ]);
  });

  it("stands in for a missing result and keeps a result without its call as text", () => {
    const messages = [
      user("go"),
      assistant(call("a")),
      user("stop"),
      assistant(said("ok")),
      result("z", [said("late")]),
    ];
    expect(sent(messages)).toMatchObject([
      { role: "user" },
      { role: "assistant", tool_calls: [{ id: "a" }] },
      { role: "tool", tool_call_id: "a", content: "Error: No result was recorded for this call." },
      { role: "user", content: "stop" },
      { role: "assistant", content: "ok" },
      { role: "user", content: "Result of tool look:\nlate" },
    ]);
  });

  it("pairs ids that repeat from answer to answer with the nearest call", () => {
    const messages = [
      assistant(call("call_0")),
      result("call_0", [said("1")]),
      assistant(call("call_0")),
      result("call_0", [said("2")]),
    ];
    expect(sent(messages).flatMap((message) => (message.role === "tool" ? [message.content] : []))).toEqual(["1", "2"]);
  });

  it("sends images where the model takes them, those of a tool in a message of their own", () => {
    const messages = [user([said("this"), image]), assistant(call("a")), result("a", [image])];
    const url = "data:image/png;base64,aGk=";
    expect(sent(messages, ["text", "image"])).toMatchObject([
      { content: [{ type: "text" }, { type: "image_url", image_url: { url } }] },
      { role: "assistant" },
      { role: "tool", content: "(no output)" },
      { role: "user", content: [{ type: "text" }, { type: "image_url", image_url: { url } }] },
    ]);
    expect(sent(messages)[0]).toEqual({
      role: "user",
      content: "this\n[An image was left out: this model takes no images.]",
    });
  });

  it("sends the text of a document it can read and names one that it cannot", () => {
    const data = Buffer.from("a,b").toString("base64");
    const document = (format: string) => ({ type: "document" as const, data, format, name: `x.${format}` });
    const [message] = sent([user([document("csv"), document("pdf")])]);
    expect(message?.content).toContain('Document "x.csv":\na,b');
    expect(message?.content).toContain('The document "x.pdf" was left out');
  });

  it("leaves blank content out and mends half characters", () => {
    expect(sent([user(" \n"), assistant(said("")), user("\ud83d cut")])).toEqual([
      { role: "user", content: "\ufffd cut" },
    ]);
  });

  it("always sends one result for each call, right behind it, and never two user messages in a row", () => {
    const id = fc.constantFrom("a", "b", "", "call.1|fc_x", "l".repeat(90));
    const message = fc.oneof(
      fc.string().map((text) => user(text)),
      fc.array(fc.oneof(id.map(call), fc.string().map(said)), { maxLength: 4 }).map((content) => assistant(...content)),
      id.map((toolCallId) => result(toolCallId, [said("r")])),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const before = structuredClone(messages);
        const out = sent(messages);
        expect(messages).toEqual(before);
        let due: string[] = [];
        for (const [index, one] of out.entries()) {
          if (one.role === "tool") expect(one.tool_call_id).toBe(due.shift());
          else expect(due).toEqual([]);
          if (one.role === "user") expect(out[index - 1]?.role).not.toBe("user");
          if (one.role !== "assistant") continue;
          due = (one.tool_calls ?? []).map((toolCall) => toolCall.id);
          for (const each of due) expect(each).toMatch(/^[a-zA-Z0-9_-]{1,64}$/u);
          expect(new Set(due).size).toBe(due.length);
        }
        expect(due).toEqual([]);
      }),
    );
  });
});
