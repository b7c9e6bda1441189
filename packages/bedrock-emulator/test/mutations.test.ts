import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, type Json, type JsonObject, startEmulator } from "../src/index.ts";
import { novaMicro } from "./clients.ts";
import { blockCount, messageCount, mutations } from "./mutations.ts";
import { recordedCalls } from "./recorded.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ admitAnyModel: true, admitForeignThinking: true });
});
afterAll(() => emulator.close());

async function post(modelId: string, body: JsonObject): Promise<{ status: number; message: string }> {
  const answer = await fetch(`${emulator.url}/model/${encodeURIComponent(modelId)}/converse`, {
    method: "POST",
    headers: { authorization: `Bearer ${emulator.bearerToken}` },
    body: JSON.stringify(body),
  });
  const { message } = JSON.parse(await answer.text());
  return { status: answer.status, message };
}

/** Conversations that are accepted: user and assistant in turn, with any text. */
const words = fc.string({ minLength: 1 }).map((text) => `- ${text}`);
const conversation = fc.array(fc.array(words, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }).map(
  (turns): JsonObject => ({
    messages: turns.map((texts, index) => ({
      role: index % 2 === 0 ? "user" : "assistant",
      content: texts.map((text) => ({ text })),
    })),
    system: [{ text: "Be brief." }],
  }),
);

async function refusesEveryMutation(
  base: fc.Arbitrary<{ modelId: string; body: JsonObject }>,
  numRuns: number,
): Promise<void> {
  const tried = new Set<string>();
  await fc.assert(
    fc.asyncProperty(base, fc.nat(), fc.nat(), async ({ modelId, body }, which, where) => {
      const mutation = mutations[which % mutations.length];
      const at = where % messageCount(body);
      if (!mutation) return;
      tried.add(mutation.name);
      const refused = await post(modelId, mutation.spoil(body, at));
      expect([mutation.name, refused.status, refused.message]).toEqual([
        mutation.name,
        400,
        expect.stringContaining(mutation.field(at + 1, blockCount(body, at) + 1)),
      ]);
    }),
    { numRuns },
  );
  expect(tried.size).toBeGreaterThanOrEqual(20);
}

describe("mutations of accepted requests", () => {
  it("are of at least twenty kinds, and the requests are accepted without them", async () => {
    expect(new Set(mutations.map((mutation) => mutation.name)).size).toBeGreaterThanOrEqual(20);
    await fc.assert(
      fc.asyncProperty(conversation, async (body) => {
        expect((await post(novaMicro, body)).status).toBe(200);
      }),
      { numRuns: 50 },
    );
  });

  it("are refused with the field named, in made-up requests", () =>
    refusesEveryMutation(
      conversation.map((body) => ({ modelId: novaMicro, body })),
      400,
    ));

  const recorded = recordedCalls(/^converse(-stream)?$/).filter((call) => call.status === 200);
  it.skipIf(recorded.length === 0)("are refused with the field named, in recorded requests", () =>
    refusesEveryMutation(
      fc.constantFrom(...recorded).map(({ modelId, request }) => ({ modelId, body: request })),
      400,
    ),
  );
});

/** Every text in a JSON value. */
function textsOf(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((member: Json | undefined) => textsOf(member));
}

describe.skipIf(recordedCalls(/./).length === 0)("rules", () => {
  it("mention no literal of a recorded request", () => {
    const source = globSync("{validation,invoke,guardrails}/*.ts", {
      cwd: fileURLToPath(new URL("../src", import.meta.url)),
    })
      .map((file) => readFileSync(fileURLToPath(new URL(`../src/${file}`, import.meta.url)), "utf8"))
      .join("\n");
    const literals = new Set(recordedCalls(/./).flatMap((call) => [call.modelId, ...textsOf(call.request)]));
    const mentioned = [...literals].filter((text) => text?.length >= 16 && source.includes(text));
    // The name of Anthropic's beta and the version that its API asks for are no literals of one request.
    expect(mentioned.filter((text) => !/^(interleaved-thinking|bedrock)-\d{4}-\d\d-\d\d$/.test(text))).toEqual([]);
  });
});
