import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Converse, createConverse } from "../src/index.ts";
import { MODELS, TOOLS, transcripts } from "./random-transcripts.ts";

/** `TRANSCRIPT_RUNS=10000 pnpm vitest run packages/bedrock-converse/test/transcripts.test.ts` tries as many as are promised. */
const RUNS = Number(process.env["TRANSCRIPT_RUNS"] ?? 1000);

const schema = {
  type: "object",
  properties: { n: { type: "integer", minimum: 0 }, list: { type: "array", maxItems: 3 } },
};
const request = fc.constantFrom(...MODELS).chain((model) =>
  fc.record({
    model: fc.constant(model),
    // Signatures of the asked model too: they are random, and the emulator is told to take them.
    messages: transcripts([model, "cohere.command-r-v1:0"]),
    system: fc.constantFrom(undefined, "Be kind.", [
      { type: "text" as const, text: "Be kind." },
      { type: "cachePoint" as const, ttl: "1h" as const },
    ]),
    tools: fc.constantFrom(
      undefined,
      TOOLS,
      TOOLS.map((tool) => ({ ...tool, parameters: schema, strict: true, cachePoint: {} })),
    ),
    toolChoice: fc.constantFrom(undefined, "any" as const, "none" as const, "auto" as const),
    responseFormat: fc.constantFrom(undefined, undefined, { schema }),
    thinking: fc.constantFrom(undefined, "off" as const, "low" as const, "high" as const),
    guardedSpans: fc.constantFrom(undefined, { user: "all" as const, toolResults: "all" as const }),
    temperature: fc.constantFrom(undefined, 0.5),
    topP: fc.constantFrom(undefined, 0.5),
    stopSequences: fc.constantFrom(undefined, ["END"]),
    cacheRetention: fc.constantFrom("none" as const, "short" as const, "long" as const),
    maxTokens: fc.constantFrom(undefined, 2000),
  }),
);

describe("any transcript is accepted by a Bedrock as strict as the service", () => {
  let emulator: Emulator;
  let aws: AwsSession;
  let converse: Converse;
  let guarded: Converse;
  beforeAll(async () => {
    emulator = await startEmulator({ keepRequests: false, admitForeignThinking: true });
    aws = awsSession({
      region: emulator.region,
      credentials: emulator.credentials,
      endpoints: { "bedrock-runtime": emulator.url },
    });
    const guardrail = { guardrailIdentifier: defaultGuardrail.id, guardrailVersion: "1" };
    converse = createConverse({ aws, selfHealing: false });
    guarded = createConverse({ aws, selfHealing: false, guardrail });
  });
  afterAll(async () => {
    aws.close();
    await emulator.close();
  });

  it(
    `in ${RUNS} of them, over ${MODELS.length} models`,
    async () => {
      await fc.assert(
        fc.asyncProperty(request, async (asked) => {
          const client = asked.guardedSpans ? guarded : converse;
          const answer = await client.complete(asked);
          expect(answer.errorMessage).toBeUndefined();
        }),
        { numRuns: RUNS },
      );
    },
    60_000 + RUNS * 60,
  );
});
