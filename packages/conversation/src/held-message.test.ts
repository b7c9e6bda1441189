import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BedrockError } from "./errors/bedrock-error.ts";
import { MessageBuilder } from "./message-builder.ts";
import type { AssistantMessageEvent } from "./types.ts";

type Step = (builder: MessageBuilder) => void;
const block = fc.nat(2);
const words = fc.constantFrom("a", "{", "}", '{"x":1}', "");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(block, words).map(
    ([n, text]): Step =>
      (b) =>
        b.text(n, text),
  ),
  fc.tuple(block, words).map(
    ([n, text]): Step =>
      (b) =>
        b.thinking(n, text),
  ),
  fc.tuple(block, words).map(
    ([n, text]): Step =>
      (b) =>
        b.toolInput(n, text),
  ),
  fc.tuple(block).map(
    ([n]): Step =>
      (b) =>
        b.toolCall(n, `t${n}`, "look"),
  ),
  fc.tuple(block).map(
    ([n]): Step =>
      (b) =>
        b.endBlock(n),
  ),
  fc.tuple(block).map(
    ([n]): Step =>
      (b) =>
        b.citation(n, { title: "t" }),
  ),
);
const endings: readonly Step[] = [
  (b) => {
    b.stop("stop", "end_turn");
    b.finish();
  },
  (b) => {
    b.stop("toolUse", "tool_use");
    b.finish();
  },
  (b) => b.finish(),
  (b) => b.fail(new BedrockError({ kind: "overloaded", problem: "busy" })),
];
const refusal: Step = (b) => {
  b.stop("error", "refusal", new BedrockError({ kind: "refused", problem: "no" }));
  b.finish();
};

/** Takes the events after every step, or only at the end. */
function run(steps: readonly Step[], held: boolean, eager: boolean): { early: AssistantMessageEvent[]; all: string } {
  const builder = new MessageBuilder({ api: "a", provider: "p", model: "m", timestamp: 1 });
  if (held) builder.holdUntilStop();
  const early: AssistantMessageEvent[] = [];
  for (const each of steps.slice(0, -1)) {
    each(builder);
    if (eager) early.push(...builder.take());
  }
  const seen = JSON.stringify(early);
  steps.at(-1)?.(builder);
  const all = [...early, ...builder.take()];
  if (held) expect(seen).not.toContain('"text"');
  return { early, all: JSON.stringify(all) };
}

describe("a held message", () => {
  it("gives the events of one that streams, but for start all at the end", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.constantFrom(...endings), fc.boolean(), (steps, end, eager) => {
        const held = run([...steps, end], true, eager);
        expect(held.all).toBe(run([...steps, end], false, eager).all);
        expect(held.early.filter(({ type }) => type !== "start")).toEqual([]);
      }),
    );
  });

  it("is empty after a refusal, whatever was said", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.boolean(), (steps, eager) => {
        const events = JSON.parse(run([...steps, refusal], true, eager).all) as AssistantMessageEvent[];
        expect(events.map(({ type }) => type)).toEqual(["start", "error"]);
        expect(events.at(-1)).toMatchObject({ error: { content: [], errorCode: "refused" } });
        expect(events[0]).toMatchObject({ partial: { content: [] } });
      }),
    );
  });
});
