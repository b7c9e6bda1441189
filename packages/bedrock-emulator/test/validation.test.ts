import { ConverseCommand, type Message } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { converseRules } from "../src/validation/rules.ts";
import { ask, novaMicro, runtimeClient, sonnet45 } from "./clients.ts";
import { refusedMessages } from "./refused-messages.ts";
import { refusedModelFields } from "./refused-model-fields.ts";
import { refusedStructures } from "./refused-structures.ts";
import { refusedTools } from "./refused-tools.ts";

const refusedCases = [...refusedMessages, ...refusedTools, ...refusedModelFields, ...refusedStructures];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function post(modelId: string, body: unknown, streaming = false): Promise<{ status: number; message: string }> {
  const answer = await fetch(
    `${emulator.url}/model/${encodeURIComponent(modelId)}/converse${streaming ? "-stream" : ""}`,
    {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}` },
      body: typeof body === "string" ? body : JSON.stringify(body),
    },
  );
  const { message } = JSON.parse((await answer.text()) || "{}");
  return { status: answer.status, message };
}

describe("rules after the shape", () => {
  it.each(refusedCases.map((refused) => [refused.rule, refused] as const))("%s", async (_, refused) => {
    const { status, message } = await post(refused.modelId, refused.body, refused.streaming);
    if (typeof refused.message === "string") expect(message).toBe(refused.message);
    else expect(message).toMatch(refused.message);
    expect(status).toBe(refused.status ?? 400);
  });

  it("each have a case here", () => {
    const tried = new Set([...refusedCases.map((refused) => refused.rule), "thinking-modified"]);
    expect(converseRules.map((rule) => rule.id).filter((id) => !tried.has(id))).toEqual([]);
    expect(new Set(converseRules.map((rule) => rule.id)).size).toBe(converseRules.length);
  });
});

describe("shapes", () => {
  const refusal = async (body: unknown) => (await post(novaMicro, body)).message;
  const messages = ask("Hello");

  it("names every violation with a path that counts from 1", async () => {
    const image = { image: { format: "jpg", source: { bytes: "aGk=" } } };
    expect(await refusal({ messages: [{ role: "user", content: [{ text: "See" }, image] }] })).toBe(
      "1 validation error detected: Value 'jpg' at 'messages.1.member.content.2.member.image.format' failed to satisfy constraint: Member must satisfy enum value set: [png, jpeg, gif, webp]",
    );
    expect(await refusal({ messages, inferenceConfig: { maxTokens: 0, temperature: 1.5 } })).toBe(
      "2 validation errors detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1; " +
        "Value '1.5' at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1",
    );
    expect(await refusal({ messages, toolConfig: { tools: [] } })).toBe(
      "1 validation error detected: Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    const named = (name: string, more: object = {}) => ({
      messages,
      toolConfig: { tools: [{ toolSpec: { name, inputSchema: { json: { type: "object" } }, ...more } }] },
    });
    expect(await refusal(named("Complete Session"))).toBe(
      "1 validation error detected: Value 'Complete Session' at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+",
    );
    expect(await refusal(named("x".repeat(65)))).toMatch(/Member must have length less than or equal to 64$/);
    expect(await refusal(named("x", { description: "" }))).toMatch(
      /description' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
    );
    expect(await refusal({ messages: [{ content: [] }] })).toBe(
      "1 validation error detected: Value null at 'messages.1.member.role' failed to satisfy constraint: Member must not be null",
    );
    expect(await refusal({ messages, requestMetadata: { key: "ü" } })).toMatch(
      /^1 validation error detected: Value at 'requestMetadata' failed to satisfy constraint: Map value must satisfy/,
    );
    expect(await refusal({ messages: [{ role: "user", content: [{}] }] })).toMatch(/exactly one of/);
  });

  it("refuses what is of another type or no JSON, and passes over members that it does not know", async () => {
    expect(await refusal({ messages, inferenceConfig: { maxTokens: "5" } })).toBe(
      "STRING_VALUE can not be converted to an Integer",
    );
    expect(await refusal("{")).toMatch(/could not be parsed/);
    expect((await post(novaMicro, { messages, someNewField: 1 })).status).toBe(200);
  });
});

describe("thinking that comes back", () => {
  const thinking = { thinking: { type: "enabled", budget_tokens: 1_024 } };
  const tools = [{ toolSpec: { name: "get_weather", inputSchema: { json: { type: "object" as const } } } }];
  const send = (messages: Message[]) =>
    runtimeClient(emulator).send(
      new ConverseCommand({
        modelId: sonnet45,
        messages,
        additionalModelRequestFields: thinking,
        toolConfig: { tools },
      }),
    );

  it("is taken as it was, and refused when it was changed", async () => {
    const question = ask("Use get_weather");
    const first = (await send(question)).output?.message;
    const id = first?.content?.find((block) => block.toolUse)?.toolUse?.toolUseId;
    const results: Message = { role: "user", content: [{ toolResult: { toolUseId: id, content: [{ text: "sun" }] } }] };
    const answered = await send([...question, first ?? {}, results] as Message[]);
    expect(answered.stopReason).toBe("end_turn");

    const changed = structuredClone(first);
    const reasoning = changed?.content?.[0]?.reasoningContent?.reasoningText;
    if (reasoning) reasoning.text = `${reasoning.text} And more.`;
    await expect(send([...question, changed ?? {}, results] as Message[])).rejects.toThrow(
      /messages\.1\.content\.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified/,
    );
  });
});

describe("guardrails", () => {
  it("that are not there are refused", async () => {
    const guarded = (guardrailIdentifier: string, guardrailVersion: string) =>
      post(novaMicro, { messages: ask("Hello"), guardrailConfig: { guardrailIdentifier, guardrailVersion } });
    const missing = "The guardrail identifier or version provided in the request does not exist.";
    expect((await guarded("nosuchguard", "1")).message).toBe(missing);
    expect((await guarded("emulatorgrd1", "9")).message).toBe(missing);
    expect((await guarded("arn:aws:bedrock:eu-west-1:123456789012:guardrail/emulatorgrd1", "1")).message).toBe(missing);
    expect((await guarded("arn:aws:bedrock:us-east-1:123456789012:guardrail/emulatorgrd1", "1")).status).toBe(200);
  });
});
