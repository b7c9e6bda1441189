import type { AssistantMessage, GuardQualifier, Message, ToolResultMessage, UserMessage } from "@clawrock/conversation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GuardedSpans, guardQualifiers, markGuardedSpans } from "./guarded-spans.ts";

const user = (content: UserMessage["content"]): Message => ({ role: "user", content, timestamp: 0 });
const assistant = (text: string): Message =>
  ({ role: "assistant", content: [{ type: "text", text }] }) as unknown as AssistantMessage;
const result = (text: string): ToolResultMessage => ({
  role: "toolResult",
  toolCallId: "t1",
  toolName: "read",
  content: [{ type: "text", text }],
  isError: false,
  timestamp: 0,
});

/** The text of every marked span with its qualifiers. */
function spansOf(messages: readonly Message[], spans?: GuardedSpans): [string, readonly GuardQualifier[]][] {
  return markGuardedSpans(messages, spans).flatMap((message) =>
    message.role === "assistant" || typeof message.content === "string"
      ? []
      : message.content.flatMap((part): [string, readonly GuardQualifier[]][] => {
          const qualifiers = guardQualifiers(part);
          return qualifiers ? [[part.type === "text" ? part.text : part.type, qualifiers]] : [];
        }),
  );
}

const loop = [
  user("first"),
  assistant("yes?"),
  user("second"),
  user([{ type: "text", text: "and more" }]),
  assistant("let me look"),
  result("the file"),
];

describe("which spans are marked", () => {
  it("are those of the user's last turn, also while tools are called", () => {
    expect(spansOf(loop)).toEqual([
      ["second", []],
      ["and more", []],
    ]);
  });

  it("are all the user said with `all`, and none with `none`", () => {
    expect(spansOf(loop, { user: "all" }).map(([text]) => text)).toEqual(["first", "second", "and more"]);
    expect(spansOf(loop, { user: "none" })).toEqual([]);
    expect(markGuardedSpans(loop, { user: "none" })).toEqual(loop);
  });

  it("are results of tools when asked for, those of earlier turns only with `all`", () => {
    const longer = [user("one"), assistant("a"), result("old"), assistant("b"), ...loop];
    expect(spansOf(longer, { user: "none", toolResults: "latest" })).toEqual([["the file", []]]);
    expect(spansOf(longer, { user: "none", toolResults: "all" }).map(([text]) => text)).toEqual(["old", "the file"]);
  });

  it("are sources and the question for contextual grounding", () => {
    expect(spansOf(loop, { grounding: "tool-results" })).toEqual([
      ["second", ["query", "guard_content"]],
      ["and more", ["query", "guard_content"]],
      ["the file", ["grounding_source"]],
    ]);
    expect(spansOf(loop, { grounding: "tool-results", user: "none", toolResults: "latest" })).toEqual([
      ["second", ["query"]],
      ["and more", ["query"]],
      ["the file", ["grounding_source", "guard_content"]],
    ]);
  });

  it("are no question without a source to ground the answer in", () => {
    expect(spansOf([user("hello")], { grounding: "tool-results" })).toEqual([["hello", []]]);
    expect(spansOf([user("hello"), assistant("a"), result(" ")], { grounding: "tool-results" })).toEqual([
      ["hello", []],
    ]);
  });

  it("are kept as marked by hand, and left out by an empty list", () => {
    const marked = user([
      { type: "text", text: "source", guard: ["grounding_source"] },
      { type: "text", text: "not this", guard: [] },
      { type: "text", text: "this" },
    ]);
    expect(spansOf([marked])).toEqual([
      ["source", ["grounding_source"]],
      ["this", []],
    ]);
  });

  it("are images a guardrail can judge, without qualifiers, and neither documents nor blanks", () => {
    const image = (mimeType: string) => ({ type: "image" as const, data: "AAAA", mimeType });
    const document = { type: "document" as const, data: "AAAA", format: "pdf", name: "a" };
    const mixed = user([image("image/png"), image("image/webp"), document, { type: "text", text: " \n" }]);
    expect(spansOf([mixed])).toEqual([["image", []]]);
    expect(spansOf([mixed, assistant("a"), result("x")], { grounding: "tool-results" })).toEqual([
      ["image", []],
      ["x", ["grounding_source"]],
    ]);
  });

  it("are those of the turn before when the last one is blank", () => {
    expect(spansOf([user("words"), assistant("a"), user("  ")])).toEqual([["words", []]]);
    expect(spansOf([assistant("a")])).toEqual([]);
    expect(spansOf([])).toEqual([]);
  });
});

describe("marking", () => {
  const part = fc.oneof(
    fc.record({ type: fc.constant("text" as const), text: fc.constantFrom("", " ", "a", "b") }),
    fc.record({ type: fc.constant("image" as const), data: fc.constant(""), mimeType: fc.constant("image/png") }),
  );
  const message = fc.oneof(
    fc.oneof(fc.constantFrom("", "words"), fc.array(part, { maxLength: 3 })).map(user),
    fc.constant(assistant("a")),
    fc.constantFrom("", "found").map(result),
  );
  const policy = fc.record({
    user: fc.constantFrom("latest" as const, "all" as const, "none" as const, undefined),
    toolResults: fc.constantFrom("latest" as const, "all" as const, "none" as const, undefined),
    grounding: fc.constantFrom("tool-results" as const, undefined),
  });

  it("changes nothing but marks, leaves its input alone, and is the same done twice", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), policy, (messages, spans) => {
        const before = structuredClone(messages);
        const once = markGuardedSpans(messages, spans);
        expect(messages).toEqual(before);
        expect(markGuardedSpans(once, spans)).toEqual(once);
        expect(once.map(({ role }) => role)).toEqual(messages.map(({ role }) => role));
        expect(JSON.stringify(once).replaceAll(/,"guard":\[[^\]]*\]/gu, "")).toBe(
          JSON.stringify(
            messages.map((one, index) =>
              typeof one.content === "string" && once[index] !== one
                ? { ...one, content: [{ type: "text", text: one.content }] }
                : one,
            ),
          ),
        );
      }),
    );
  });
});
