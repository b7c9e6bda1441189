import type { Message } from "@clawrock/conversation";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODELS, png, soundTranscripts, transcripts } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import { repairTranscript } from "./repair-transcript.ts";

/** `TRANSCRIPT_RUNS=10000` tries as many as are promised. */
const numRuns = Number(process.env["TRANSCRIPT_RUNS"] ?? 2000);
const options = fc.record({ tools: fc.boolean(), thinking: fc.boolean(), guarded: fc.boolean() });
const situation = fc.constantFrom(...MODELS).chain((model) =>
  fc.record({
    model: fc.constant(readModel(model)),
    messages: transcripts([model, "cohere.command-r-v1:0"]),
    options,
  }),
);

interface Said {
  readonly type: string;
  readonly text?: string;
  readonly data?: string;
  readonly mimeType?: string;
}

function partsOf({ content }: Message): readonly Said[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : (content as readonly Said[]);
}

describe("the repair of any transcript", () => {
  it("changes nothing more when it is done again", () => {
    fc.assert(
      fc.property(situation, ({ model, messages, options: given }) => {
        const once = repairTranscript(messages, model, given);
        const twice = repairTranscript(once.messages, model, given);
        expect(twice.changes).toEqual([]);
        expect(twice.messages).toBe(once.messages);
      }),
      { numRuns },
    );
  });

  it("names every difference: a message without a change in the list is there as it was, in its place", () => {
    fc.assert(
      fc.property(situation, ({ model, messages, options: given }) => {
        const repaired = repairTranscript(messages, model, given);
        const named = new Set(repaired.changes.map(({ message }) => message));
        const kept = messages.filter((_, at) => !named.has(at));
        expect(repaired.messages.filter((message) => kept.includes(message))).toEqual(kept);
        const made = repaired.messages.filter((message) => !messages.includes(message));
        expect(made.length).toBeLessThanOrEqual(repaired.changes.length * 2);
        if (repaired.changes.length === 0) expect(repaired.messages).toBe(messages);
        else expect(repaired.messages).not.toEqual(messages);
      }),
      { numRuns },
    );
  });

  it("loses no word that was said, and no image the model sees", () => {
    fc.assert(
      fc.property(situation, ({ model, messages, options: given }) => {
        const kept = JSON.stringify(repairTranscript(messages, model, given).messages);
        const sees = model.capabilities.input.value.includes("image");
        for (const message of messages) {
          for (const { type, text, data } of partsOf(message)) {
            if (text !== undefined && text.trim() !== "") {
              const said = message.role === "assistant" ? text.trimEnd() : text;
              expect(kept).toContain(JSON.stringify(said.toWellFormed()).slice(1, -1));
            }
            if (type === "image" && sees && data?.startsWith(png("").slice(0, 80))) expect(kept).toContain(data);
          }
        }
      }),
      { numRuns },
    );
  });

  it("keeps every call that had its result, with that result", () => {
    fc.assert(
      fc.property(situation, ({ model, messages, options: given }) => {
        if (!given.tools) return;
        const { messages: repaired } = repairTranscript(messages, model, given);
        const calls = repaired.flatMap((message) =>
          message.role === "assistant" ? message.content.filter(({ type }) => type === "toolCall") : [],
        );
        const before = messages.flatMap((message) =>
          message.role === "assistant" ? partsOf(message).filter(({ type }) => type === "toolCall") : [],
        );
        expect(calls.length).toBe(before.length);
        const missing = repaired.filter(
          ({ role, content }) => role === "toolResult" && JSON.stringify(content).includes("No result was recorded"),
        );
        expect(missing.length).toBe(before.length - completedPairs(messages));
      }),
      { numRuns },
    );
  });

  it("leaves the input as it was", () => {
    fc.assert(
      fc.property(situation, ({ model, messages, options: given }) => {
        const before = structuredClone(messages);
        repairTranscript(messages, model, given);
        expect(messages).toEqual(before);
      }),
      { numRuns: numRuns / 10 },
    );
  });
});

/** Results that stand somewhere behind a call of their id, each call counted once: by a reading of this test's own. */
function completedPairs(messages: readonly Message[]): number {
  const open = new Map<string, number>();
  let pairs = 0;
  for (const message of messages) {
    if (message.role === "assistant") {
      for (const part of partsOf(message)) {
        const { id } = part as { id?: string };
        if (part.type === "toolCall" && id !== undefined) open.set(id, (open.get(id) ?? 0) + 1);
      }
    } else if (message.role === "toolResult" && (open.get(message.toolCallId) ?? 0) > 0) {
      open.set(message.toolCallId, (open.get(message.toolCallId) ?? 0) - 1);
      pairs += 1;
    }
  }
  return pairs;
}

describe("a sound transcript", () => {
  it.each(MODELS.filter((model) => !model.includes("llama") && !model.includes("mistral")))(
    "comes out as it was, for %s",
    (model) => {
      fc.assert(
        fc.property(soundTranscripts, (messages) => {
          const repaired = repairTranscript(messages, readModel(model));
          expect(repaired.changes).toEqual([]);
          expect(repaired.messages).toBe(messages);
        }),
        { numRuns: numRuns / 10 },
      );
    },
  );
});
