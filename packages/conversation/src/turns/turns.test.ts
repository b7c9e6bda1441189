import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Message } from "../types.ts";
import { emptyUsage } from "../usage.ts";
import { pairTools } from "./pair-tools.ts";
import { toTurns } from "./turns.ts";

const text = fc.constantFrom("", " ", "\n").chain((blank) => fc.oneof(fc.constant(blank), fc.string({ minLength: 1 })));
const id = fc.constantFrom("a", "b", "c", "d");
const say = fc.record({ type: fc.constant("text" as const), text });
const call = fc.record({
  type: fc.constant("toolCall" as const),
  id,
  name: fc.constant("look"),
  arguments: fc.constant({}),
});
const thought = fc.record({ type: fc.constant("thinking" as const), thinking: text });
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    role: fc.constant("user" as const),
    content: fc.oneof(text, fc.array(say, { maxLength: 3 })),
    timestamp: fc.constant(0),
  }),
  fc.record({
    role: fc.constant("assistant" as const),
    content: fc.uniqueArray(fc.oneof(say, call, thought), {
      maxLength: 4,
      selector: (part) => (part.type === "toolCall" ? part.id : part),
    }),
    api: fc.constant("x"),
    provider: fc.constant("x"),
    model: fc.constantFrom("own", "other"),
    usage: fc.constant(emptyUsage()),
    stopReason: fc.constant("stop" as const),
    timestamp: fc.constant(0),
  }),
  fc.record({
    role: fc.constant("toolResult" as const),
    toolCallId: id,
    toolName: fc.constant("look"),
    content: fc.array(say, { maxLength: 2 }),
    isError: fc.boolean(),
    timestamp: fc.constant(0),
  }),
);

const turnsOf = (messages: readonly Message[]) => pairTools(toTurns(messages, ({ model }) => model === "own"));

describe("turns of any transcript", () => {
  it("alternate, and every call has its result in the next turn, in order", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const turns = turnsOf(messages);
        for (const [index, turn] of turns.entries()) {
          const next = turns[index + 1];
          if (next) expect(next.role).not.toBe(turn.role);
          const calls =
            turn.role === "assistant"
              ? turn.content.flatMap((part) => (part.type === "toolCall" ? [part.id] : []))
              : [];
          const results = next?.role === "user" ? next.results.map(({ toolCallId }) => toolCallId) : [];
          if (turn.role === "assistant") expect(results).toEqual(calls);
        }
        const [first] = turns;
        if (first?.role === "user") expect(first.results).toEqual([]);
      }),
    );
  });

  it("lose no word that was said", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const kept = JSON.stringify(turnsOf(messages));
        for (const { content } of messages) {
          const said =
            typeof content === "string"
              ? [content]
              : content.flatMap((part) => (part.type === "text" ? [part.text] : []));
          for (const words of said.filter((part) => part.trim() !== ""))
            expect(kept).toContain(JSON.stringify(words.toWellFormed()));
        }
      }),
    );
  });

  it("change nothing they were given", () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        const before = structuredClone(messages);
        turnsOf(messages);
        expect(messages).toEqual(before);
      }),
    );
  });

  it("mend half an emoji", () => {
    expect(turnsOf([{ role: "user", content: "x\ud83d", timestamp: 0 }])).toMatchObject([
      { content: [{ text: "x\ufffd" }] },
    ]);
  });
});
