import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { emptyUsage, type Message } from "@clawrock/conversation";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Converse, createConverse } from "../src/index.ts";

const MODELS = [
  "amazon.nova-lite-v1:0",
  "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
  "us.anthropic.claude-opus-4-7",
  "us.meta.llama3-3-70b-instruct-v1:0",
  "mistral.mistral-large-2402-v1:0",
];

const text = fc.oneof(fc.constantFrom("", " ", "\n\t"), fc.string({ minLength: 1, maxLength: 20 }));
const id = fc.constantFrom("a", "b", "call_0", "call/1", "call|1", "ü".repeat(80));
const name = fc.constantFrom("look", "fs.read", "fs_read", "a tool!");
const say = fc.record({ type: fc.constant("text" as const), text });
const call = fc.record({ type: fc.constant("toolCall" as const), id, name, arguments: fc.constantFrom({}, { a: 1 }) });
const thought = fc.record(
  {
    type: fc.constant("thinking" as const),
    thinking: text,
    thinkingSignature: fc.constantFrom("", "c2ln"),
    redacted: fc.boolean(),
  },
  { requiredKeys: ["type", "thinking"] },
);
const timestamp = fc.constant(0);
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    role: fc.constant("user" as const),
    content: fc.oneof(text, fc.array(say, { maxLength: 3 })),
    timestamp,
  }),
  fc.record({
    role: fc.constant("assistant" as const),
    content: fc.array(fc.oneof(say, call, thought), { maxLength: 4 }),
    api: fc.constant("x"),
    provider: fc.constant("x"),
    // Of another model: what this one signed itself is replayed in turns.test.ts.
    model: fc.constant("cohere.command-r-v1:0"),
    usage: fc.constant(emptyUsage()),
    stopReason: fc.constant("stop" as const),
    timestamp,
  }),
  fc.record({
    role: fc.constant("toolResult" as const),
    toolCallId: id,
    toolName: name,
    content: fc.array(say, { maxLength: 2 }),
    isError: fc.boolean(),
    timestamp,
  }),
);
const tools = ["look", "fs.read", "fs_read", "a tool!"].map((tool) => ({
  name: tool,
  description: "Looks at something.",
  parameters: { type: "object", properties: {} },
}));
const request = fc.record({
  messages: fc.array(message, { minLength: 1, maxLength: 10 }),
  system: fc.constantFrom(undefined, "Be kind."),
  tools: fc.constantFrom(undefined, tools),
  thinking: fc.constantFrom(undefined, "off" as const, "low" as const, "high" as const),
  temperature: fc.constantFrom(undefined, 0.5),
  cacheRetention: fc.constantFrom("none" as const, "short" as const, "long" as const),
  maxTokens: fc.constantFrom(undefined, 2000),
});

describe("any transcript is accepted by a Bedrock as strict as the service", () => {
  let emulator: Emulator;
  let aws: AwsSession;
  let converse: Converse;
  beforeAll(async () => {
    emulator = await startEmulator({ keepRequests: false });
    aws = awsSession({
      region: emulator.region,
      credentials: emulator.credentials,
      endpoints: { "bedrock-runtime": emulator.url },
    });
    converse = createConverse({ aws });
  });
  afterAll(async () => {
    aws.close();
    await emulator.close();
  });

  it.each(MODELS)("by %s", async (model) => {
    await fc.assert(
      fc.asyncProperty(request, async (asked) => {
        const answer = await converse.complete({ model, ...asked });
        expect(answer.errorMessage).toBeUndefined();
      }),
      { numRuns: Number(process.env["TRANSCRIPT_RUNS"] ?? 150) },
    );
  });
});
