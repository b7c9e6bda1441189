import { BedrockClient } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { Emulator } from "../src/index.ts";

const settings = (emulator: Emulator) => ({
  endpoint: emulator.url,
  region: emulator.region,
  credentials: emulator.credentials,
  maxAttempts: 1,
});

export function controlClient(emulator: Emulator): BedrockClient {
  return new BedrockClient(settings(emulator));
}

export function runtimeClient(emulator: Emulator): BedrockRuntimeClient {
  return new BedrockRuntimeClient(settings(emulator));
}

export const novaMicro: string = "amazon.nova-micro-v1:0";
export const sonnet45: string = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
export const opus47: string = "us.anthropic.claude-opus-4-7";

export function ask(text: string): { role: "user"; content: { text: string }[] }[] {
  return [{ role: "user", content: [{ text }] }];
}
