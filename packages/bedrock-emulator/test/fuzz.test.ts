import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collectAnswer } from "../src/converse/collect.ts";
import { MessageEvents } from "../src/converse/stream-events.ts";
import { split } from "../src/engine/engine.ts";
import { fillInput } from "../src/engine/fill-input.ts";
import { limitAnswer } from "../src/engine/limit-answer.ts";
import type { AnswerEvent } from "../src/engine/turn.ts";
import { type Emulator, startEmulator } from "../src/index.ts";
import { novaMicro, sonnet45 } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const block = fc.oneof(
  fc.record({ text: fc.string() }),
  fc.record({ toolUse: fc.record({ toolUseId: fc.string(), name: fc.string(), input: fc.jsonValue() }) }),
  fc.record({
    toolResult: fc.record({ toolUseId: fc.string(), content: fc.array(fc.record({ json: fc.jsonValue() })) }),
  }),
  fc.record({
    reasoningContent: fc.record({ reasoningText: fc.record({ text: fc.string(), signature: fc.string() }) }),
  }),
  fc.record({ cachePoint: fc.record({ type: fc.constant("default") }) }),
  fc.record({ image: fc.record({ format: fc.string(), source: fc.record({ bytes: fc.base64String() }) }) }),
  fc.jsonValue(),
);
const body = fc.record(
  {
    messages: fc.array(fc.record({ role: fc.constantFrom("user", "assistant", "x"), content: fc.array(block) })),
    system: fc.oneof(fc.array(fc.record({ text: fc.string() })), fc.jsonValue()),
    inferenceConfig: fc.oneof(fc.record({ maxTokens: fc.integer(), temperature: fc.double() }), fc.jsonValue()),
    toolConfig: fc.jsonValue(),
    additionalModelRequestFields: fc.jsonValue(),
    guardrailConfig: fc.jsonValue(),
  },
  { requiredKeys: ["messages"] },
);

describe("whatever is sent", () => {
  it("is answered or refused, never with a failure of the emulator", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(body, fc.jsonValue()), fc.constantFrom(novaMicro, sonnet45), async (sent, model) => {
        const answer = await fetch(`${emulator.url}/model/${model}/converse`, {
          method: "POST",
          headers: { authorization: `Bearer ${emulator.bearerToken}` },
          body: JSON.stringify(sent),
        });
        const text = await answer.text();
        expect([answer.status === 200 || answer.status === 400 || answer.status === 403, text]).toEqual([true, text]);
        if (answer.status === 400) expect(JSON.parse(text).message).toMatch(/./);
      }),
      { numRuns: 300 },
    );
  });
});

const pieces = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant("reasoning" as const), text: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant("toolUse" as const), id: fc.string(), name: fc.string() }),
    fc.record({ kind: fc.constant("signature" as const), signature: fc.string({ minLength: 1 }) }),
    fc.record({ kind: fc.constant("redacted" as const), base64: fc.base64String() }),
  ),
);

describe("answers", () => {
  it("are streamed in contiguous blocks that hold what the whole answer holds", () => {
    fc.assert(
      fc.property(pieces, (events) => {
        const message = new MessageEvents(false);
        const sent = [...events.flatMap((event) => message.take(event)), ...message.stop()];
        let open: unknown;
        let next = 0;
        let closed = 0;
        for (const { type, payload } of sent) {
          const index = payload["contentBlockIndex"];
          if (type === "contentBlockStop") {
            expect(index).toBe(open);
            open = undefined;
            closed++;
          } else if (index !== undefined) {
            if (open === undefined) {
              expect(index).toBe(next++);
              open = index;
            }
            expect(index).toBe(open);
          }
        }
        expect(open).toBeUndefined();
        expect(closed).toBe(collectAnswer(events).content.length);
      }),
    );
  });

  it("are split without losing a character, and cut before a stop sequence", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(split(text).join("")).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ minLength: 1, maxLength: 3 }), (texts, stop) => {
        const events: AnswerEvent[] = [
          ...texts.map((text): AnswerEvent => ({ kind: "text", text })),
          { kind: "stop", reason: "end_turn" },
        ];
        const limited = [...limitAnswer(events, Number.POSITIVE_INFINITY, [stop])];
        const said = limited.map((event) => (event.kind === "text" ? event.text : "")).join("");
        expect(said).toBe(texts.join("").split(stop)[0]);
      }),
    );
  });
});

describe("tool inputs", () => {
  const properties = {
    city: { type: "string" },
    unit: { type: "string", enum: ["celsius", "fahrenheit"] },
    days: { type: "integer" },
    path: { type: "string" },
    tags: { type: "array", items: { type: "string" } },
  };
  const fill = (text: string, ...required: string[]) =>
    fillInput({ name: "tool", description: "", schema: { type: "object", properties, required } }, text);

  it("come from the words of the request", () => {
    expect(fill("Weather in San Francisco, CA for 3 days in fahrenheit", "city", "days")).toEqual({
      city: "San Francisco, CA",
      unit: "fahrenheit",
      days: 3,
    });
    expect(fill("city: Lyon, days=2", "city", "days")).toEqual({ city: "Lyon", days: 2 });
    expect(fill("read src/index.ts please", "path")).toEqual({ path: "src/index.ts" });
    expect(fill('use tool with {"city":"Ulm","deep":{"x":1}}', "city")).toEqual({ city: "Ulm", deep: { x: 1 } });
  });

  it("hold every required property, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (text.includes("{")) return;
        expect(Object.keys(fill(text, "city", "unit", "days", "path", "tags")).sort()).toEqual([
          "city",
          "days",
          "path",
          "tags",
          "unit",
        ]);
      }),
    );
  });
});
