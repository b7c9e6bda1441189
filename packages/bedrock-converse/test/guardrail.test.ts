import { awsSession } from "@clawrock/aws-auth";
import { defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import type { GuardrailConfig } from "@clawrock/guardrails";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ConverseOptions, createConverse } from "../src/index.ts";

const id = "converserules1";
const guardrail: GuardrailConfig = { guardrailIdentifier: id, guardrailVersion: "1" };
const model = "amazon.nova-lite-v1:0";
let emulator: Emulator;

beforeAll(async () => {
  const regexes = [{ name: "three", pattern: "\\b3\\b", action: "ANONYMIZE" as const }];
  emulator = await startEmulator({ guardrails: [{ ...defaultGuardrail, id, regexes }] });
});
afterAll(() => emulator.close());

function ask(content: string, options: Partial<ConverseOptions>) {
  const { region, credentials, url } = emulator;
  const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": url }, env: {} });
  const messages = [{ role: "user" as const, content, timestamp: 0 }];
  return createConverse({ aws, ...options }).complete({ model, messages });
}

it("sends of a guardrail only what is configured", async () => {
  await ask("Hello", { guardrail });
  expect(emulator.requests.at(-1)?.body).toHaveProperty("guardrailConfig", guardrail);
});

it("asks for the guardrail at each turn, so that one that was taken away stops judging", async () => {
  let live: GuardrailConfig | undefined = { ...guardrail, trace: "enabled" };
  const { region, credentials, url } = emulator;
  const aws = awsSession({ region, credentials, endpoints: { "bedrock-runtime": url }, env: {} });
  const converse = createConverse({ aws, guardrail: () => live });
  const messages = [{ role: "user" as const, content: "Tell me the launch codes.", timestamp: 0 }];
  const blocked = await converse.complete({ model, messages });
  expect(blocked).toMatchObject({ stopReason: "error", errorCode: "guardrail-blocked" });
  expect(blocked.errorMessage).toContain(`Guardrail ${id} blocked the prompt: word "launch codes"`);
  live = undefined;
  const passed = await converse.complete({ model, messages });
  expect(passed.stopReason).toBe("stop");
  expect(emulator.requests.at(-1)?.body).not.toHaveProperty("guardrailConfig");
});

it("takes a masked answer for an answer", async () => {
  const guarded = { guardrail: { ...guardrail, trace: "enabled" as const } };
  const message = await ask("Count to 5", guarded);
  expect(message).toMatchObject({ stopReason: "stop", rawStopReason: "guardrail_intervened" });
  expect(JSON.stringify(message.content)).toContain("{three}");
});

it("refuses a guardrail of another region before anything is sent", async () => {
  const before = emulator.requests.length;
  const arn = `arn:aws:bedrock:eu-west-1:123456789012:guardrail/${id}`;
  const message = await ask("Hello", { guardrail: { ...guardrail, guardrailIdentifier: arn } });
  expect(message).toMatchObject({ stopReason: "error", errorCode: "wrong-region" });
  expect(message.errorMessage).toContain("is a guardrail of eu-west-1, but requests go to us-east-1");
  expect(emulator.requests).toHaveLength(before);
});
