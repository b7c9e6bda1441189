import type { Message } from "@clawrock/conversation";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MODELS, soundTranscripts, TOOLS, transcripts } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import { buildRequest } from "./build-request.ts";

type Input = ReturnType<typeof buildRequest>["input"];

/** What the prompt cache compares, in its order; a cache point marks a place and is no content. */
function prefixBytes({ toolConfig, system, messages }: Input, upTo: number): string {
  const without = (_key: string, value: unknown): unknown =>
    Array.isArray(value)
      ? value.filter((item: unknown) => !(item !== null && typeof item === "object" && "cachePoint" in item))
      : value;
  return JSON.stringify({ tools: toolConfig?.tools, system, messages: messages?.slice(0, upTo) }, without);
}

function build(messages: readonly Message[], model: string, cacheRetention: "short" | "long"): Input {
  const resolved = readModel(model);
  return buildRequest({ model: resolved, system: "Be kind.", messages, tools: TOOLS, cacheRetention }, resolved).input;
}

const retention = fc.constantFrom("short" as const, "long" as const);

it("turns that are appended leave the bytes before them as they were", () => {
  fc.assert(
    fc.property(
      soundTranscripts,
      soundTranscripts,
      fc.constantFrom(...MODELS),
      retention,
      (before, after, model, keep) => {
        const first = build(before, model, keep);
        const answered: Message = { ...(after[1] as Message) };
        const next = build([...before, ...(answered.role === "assistant" ? [answered] : []), ...after], model, keep);
        const whole = first.messages?.length ?? 0;
        // The last turn of the user grows when more of the user follows.
        expect(prefixBytes(next, whole - 1)).toBe(prefixBytes(first, whole - 1));
      },
    ),
    { numRuns: 500 },
  );
});

it("the same conversation gives the same bytes, repaired or not", () => {
  fc.assert(
    fc.property(transcripts(["x"]), fc.constantFrom(...MODELS), retention, (messages, model, keep) => {
      const bytes = JSON.stringify(build(messages, model, keep));
      expect(JSON.stringify(build(structuredClone(messages), model, keep))).toBe(bytes);
    }),
    { numRuns: 500 },
  );
});
