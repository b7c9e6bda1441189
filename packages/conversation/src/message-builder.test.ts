import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BedrockError } from "./errors/bedrock-error.ts";
import { MessageBuilder } from "./message-builder.ts";
import type { AssistantMessageEvent } from "./types.ts";

const builder = (): MessageBuilder =>
  new MessageBuilder({ api: "bedrock-converse-stream", provider: "amazon-bedrock", model: "m", timestamp: 1 });

const names = (events: readonly AssistantMessageEvent[]): string[] => events.map((event) => event.type);

describe("MessageBuilder", () => {
  it("turns text, thinking and a tool call into events and a message", () => {
    const b = builder();
    b.thinking(0, "let me ");
    b.thinking(0, "see");
    b.thinkingSignature(0, "sig");
    b.endBlock(0);
    b.text(1, "Hello");
    b.endBlock(1);
    b.toolCall(2, "t1", "get_weather");
    b.toolInput(2, '{"city":');
    b.toolInput(2, '"Berlin"}');
    b.endBlock(2);
    b.stop("toolUse", "tool_use");
    b.finish();
    expect(names(b.take())).toEqual([
      ...[
        "start",
        "thinking_start",
        "thinking_delta",
        "thinking_delta",
        "thinking_end",
        "text_start",
        "text_delta",
        "text_end",
      ],
      ...["toolcall_start", "toolcall_delta", "toolcall_delta", "toolcall_end", "done"],
    ]);
    expect(b.message.content).toEqual([
      { type: "thinking", thinking: "let me see", thinkingSignature: "sig" },
      { type: "text", text: "Hello" },
      { type: "toolCall", id: "t1", name: "get_weather", arguments: { city: "Berlin" } },
    ]);
    expect(b.message).toMatchObject({ stopReason: "toolUse", rawStopReason: "tool_use" });
  });

  it("shows the input of a growing tool call in `partial`", () => {
    const b = builder();
    b.toolCall(0, "t", "write");
    b.toolInput(0, '{"path":"a.txt","te');
    expect(b.message.content).toMatchObject([{ arguments: { path: "a.txt" } }]);
    b.toolInput(0, 'xt":"Hel');
    expect(b.message.content).toMatchObject([{ arguments: { path: "a.txt", text: "Hel" } }]);
  });

  it("keeps a thinking block that has only a signature", () => {
    const b = builder();
    b.thinkingSignature(0, "only");
    b.endBlock(0);
    b.stop("stop", "end_turn");
    b.finish();
    expect(b.message.content).toEqual([{ type: "thinking", thinking: "", thinkingSignature: "only" }]);
  });

  it("makes no block of empty text", () => {
    const b = builder();
    b.text(0, "");
    b.endBlock(0);
    b.stop("stop", "end_turn");
    b.finish();
    expect(names(b.take())).toEqual(["start", "done"]);
    expect(b.message.content).toEqual([]);
  });

  it("reads a tool call without input as {}", () => {
    const b = builder();
    b.toolCall(0, "t", "now");
    b.endBlock(0);
    b.stop("toolUse", "tool_use");
    b.finish();
    expect(b.message.content).toEqual([{ type: "toolCall", id: "t", name: "now", arguments: {} }]);
  });

  it.each(['{"a":', "[1]", "null", '"x"', "{} {}"])("withholds every call when one has the input %s", (input) => {
    const b = builder();
    b.text(0, "kept");
    b.endBlock(0);
    b.toolCall(1, "good", "a");
    b.endBlock(1);
    b.toolCall(2, "bad", "b");
    b.toolInput(2, input);
    b.endBlock(2);
    b.stop("toolUse", "tool_use");
    b.finish();
    expect(b.take().at(-1)).toMatchObject({ type: "error", reason: "error" });
    expect(b.message).toMatchObject({ errorCode: "protocol", content: [{ type: "text", text: "kept" }] });
    expect(b.message.errorMessage).toContain('tool call "b"');
  });

  it("ends in an error when the provider never said why it stopped", () => {
    const b = builder();
    b.text(0, "half");
    b.finish();
    expect(b.message).toMatchObject({
      stopReason: "error",
      errorCode: "protocol",
      content: [{ type: "text", text: "half" }],
    });
  });

  it("leaves unread events what they point at when the message fails", () => {
    const b = builder();
    b.toolCall(0, "t", "now");
    b.text(1, "after");
    b.fail(new BedrockError({ kind: "throttled", problem: "slow down" }));
    const events = b.take();
    for (const event of events) {
      if ("contentIndex" in event) expect(event.partial?.content[event.contentIndex]).toBeDefined();
    }
    expect(events.at(-1)).toMatchObject({ type: "error", error: { content: [{ type: "text", text: "after" }] } });
    expect(b.message.content).toHaveLength(1);
  });

  it("loses no text when a provider changes the kind of a block without ending it", () => {
    const b = builder();
    b.thinking(0, "hm");
    b.text(0, "THE ANSWER");
    b.stop("stop", "end_turn");
    b.finish();
    expect(b.message.content).toEqual([
      { type: "thinking", thinking: "hm" },
      { type: "text", text: "THE ANSWER" },
    ]);
  });

  it("names the limit when a tool call was cut by it", () => {
    const b = builder();
    b.toolCall(0, "t", "write");
    b.toolInput(0, '{"text":"abc');
    b.stop("length", "max_tokens");
    b.finish();
    expect(b.message.errorMessage).toContain("Raise maxTokens");
  });

  it("emits start first and exactly one terminal event, last, whatever the calls", () => {
    const call = fc.oneof(
      fc.record({
        do: fc.constantFrom("text", "thinking", "signature", "redacted", "input"),
        block: fc.nat(3),
        s: fc.string(),
      }),
      fc.record({ do: fc.constantFrom("tool", "end", "stop", "finish", "fail"), block: fc.nat(3), s: fc.string() }),
    );
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const b = builder();
        for (const { do: what, block, s } of [...calls, { do: "finish", block: 0, s: "" }]) {
          if (what === "text") b.text(block, s);
          else if (what === "thinking") b.thinking(block, s);
          else if (what === "signature") b.thinkingSignature(block, s);
          else if (what === "redacted") b.redactedThinking(block, s);
          else if (what === "input") b.toolInput(block, s);
          else if (what === "tool") b.toolCall(block, s, s);
          else if (what === "end") b.endBlock(block);
          else if (what === "stop") b.stop("stop", "end_turn");
          else if (what === "finish") b.finish();
          else b.fail(new BedrockError({ kind: "unknown", problem: s || "x" }));
        }
        const all = names(b.take());
        expect(all[0]).toBe("start");
        expect(all.filter((name) => name === "done" || name === "error")).toHaveLength(1);
        expect(["done", "error"]).toContain(all.at(-1));
        expect(b.message.stopReason === "error" ? b.message.content.some((c) => c.type === "toolCall") : false).toBe(
          false,
        );
      }),
    );
  });
});
