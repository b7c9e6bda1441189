import { awsSession } from "@clawrock/aws-auth";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { type AssistantMessage, emptyUsage, type Message, type ToolResultMessage } from "@clawrock/conversation";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createMantle } from "../src/index.ts";

const text = fc.string({ unit: "binary" }).map((value) => ({ type: "text" as const, text: value }));
const image = fc.constant({ type: "image" as const, data: "aGk=", mimeType: "image/png" });
const id = fc.constantFrom("call_0", "toolu_1", "", "call.1|fc_x", "l".repeat(90));
const name = fc.constantFrom("look", "mcp.files/read", "n".repeat(80));
const call = fc.record({ id, name, arguments: fc.dictionary(fc.string(), fc.jsonValue()) }).map((fields) => ({
  type: "toolCall" as const,
  ...fields,
  arguments: fields.arguments as Record<string, unknown>,
}));
const thinking = fc.string().map((value) => ({ type: "thinking" as const, thinking: value }));

const user: fc.Arbitrary<Message> = fc
  .oneof(fc.string({ unit: "binary" }), fc.array(fc.oneof(text, image), { maxLength: 3 }))
  .map((content) => ({ role: "user", content, timestamp: 1 }));
const assistant = fc.array(fc.oneof(text, thinking, call), { maxLength: 4 }).map((content): AssistantMessage => {
  const about = { api: "bedrock-converse-stream", provider: "amazon-bedrock", model: "m", usage: emptyUsage() };
  return { role: "assistant", content, ...about, stopReason: "stop", timestamp: 1 };
});
const result = fc
  .record({ toolCallId: id, toolName: name, content: fc.array(fc.oneof(text, image)), isError: fc.boolean() })
  .map((fields): ToolResultMessage => ({ role: "toolResult", timestamp: 1, ...fields }));

it("any transcript is accepted, and left as it was", async () => {
  const emulator = await startEmulator();
  try {
    const { url, region, credentials } = emulator;
    const aws = awsSession({ region, credentials, endpoints: { "bedrock-mantle": url }, env: {} });
    const mantle = createMantle({ aws, maxRetries: 0 });
    const transcript = fc.array(fc.oneof(user, assistant, result), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(transcript, async (before) => {
        const messages: Message[] = [...before, { role: "user", content: "Go on.", timestamp: 2 }];
        const copy = structuredClone(messages);
        const answer = await mantle.stream({ model: "openai.gpt-oss-120b", messages }).result();
        expect(answer.errorMessage).toBeUndefined();
        expect(messages).toEqual(copy);
      }),
      { numRuns: 60 },
    );
  } finally {
    await emulator.close();
  }
});
