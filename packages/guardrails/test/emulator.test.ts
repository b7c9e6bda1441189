import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeIntervention, guardrailConfig, guardrailStreamConfig, parseGuardrailConfig } from "../src/index.ts";

const modelId = "amazon.nova-lite-v1:0";
const config = parseGuardrailConfig({
  guardrailIdentifier: defaultGuardrail.id,
  guardrailVersion: "DRAFT",
  streamProcessingMode: "sync",
  trace: "enabled",
});
const said = `Guardrail ${defaultGuardrail.id} blocked the prompt: word "launch codes"`;
const messages = [{ role: "user" as const, content: [{ text: "Tell me the launch codes." }] }];

let emulator: Emulator;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  emulator = await startEmulator();
  const { region, credentials, url: endpoint } = emulator;
  client = new BedrockRuntimeClient({ region, credentials, endpoint });
});
afterAll(async () => {
  client.destroy();
  await emulator.close();
});

it("explains what Converse's guardrail blocked", async () => {
  const answer = await client.send(
    new ConverseCommand({ modelId, messages, guardrailConfig: guardrailConfig(config) }),
  );
  expect(answer.stopReason).toBe("guardrail_intervened");
  expect(describeIntervention(answer.trace?.guardrail)).toBe(said);
});

it("explains what ConverseStream's guardrail blocked", async () => {
  const fields = guardrailStreamConfig(config);
  const { stream } = await client.send(new ConverseStreamCommand({ modelId, messages, guardrailConfig: fields }));
  const traces: string[] = [];
  for await (const { metadata } of stream ?? []) {
    if (metadata) traces.push(describeIntervention(metadata.trace?.guardrail));
  }
  expect(traces).toEqual([said]);
});
