import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv } from "../test/clean-environment.ts";
import { awsSession } from "./session.ts";
import type { AwsSession } from "./types.ts";

cleanEnvironment();

const MODEL = "amazon.nova-lite-v1:0";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ regions: ["eu-west-1"] });
});
afterEach(() => emulator.close());

async function listed(session: AwsSession): Promise<number> {
  const client = new BedrockClient(session.clientConfig("bedrock"));
  return (await client.send(new ListFoundationModelsCommand({}))).modelSummaries?.length ?? 0;
}

async function streamed(session: AwsSession): Promise<string> {
  const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
  const messages = [{ role: "user" as const, content: [{ text: "Say hello." }] }];
  const { stream = [] } = await client.send(new ConverseStreamCommand({ modelId: MODEL, messages }));
  let text = "";
  for await (const event of stream) {
    text += event.contentBlockDelta?.delta?.text ?? "";
  }
  return text;
}

async function mantle(session: AwsSession): Promise<number> {
  const { token } = await session.bearerToken();
  const url = `${session.endpoint("bedrock-mantle")}/v1/models`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe("against a server that verifies signatures and tokens", () => {
  it("the environment's keys sign, stream, and mint a token that Mantle takes", async () => {
    setEnv(emulator.env);
    const session = awsSession();
    expect(await listed(session)).toBeGreaterThan(0);
    expect(await streamed(session)).not.toBe("");
    expect(await mantle(session)).toBe(200);
    session.close();
  });

  it("a Bedrock API key is taken everywhere", async () => {
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = emulator.env;
    setEnv({ ...rest, AWS_BEARER_TOKEN_BEDROCK: emulator.bearerToken });
    const session = awsSession();
    expect(await listed(session)).toBeGreaterThan(0);
    expect(await streamed(session)).not.toBe("");
    expect(await mantle(session)).toBe(200);
    session.close();
  });

  it("a view signs for its own region", async () => {
    setEnv(emulator.env);
    const session = awsSession();
    expect(await listed(session.in({ region: "eu-west-1" }))).toBeGreaterThan(0);
    expect(await mantle(session.in({ region: "eu-west-1" }))).toBe(200);
    session.close();
  });

  it("a wrong secret is refused", async () => {
    const { accessKeyId } = emulator.credentials;
    const session = awsSession({
      credentials: { accessKeyId, secretAccessKey: "wrong-secret" },
      endpoints: { bedrock: emulator.url, "bedrock-mantle": emulator.url },
    });
    await expect(listed(session)).rejects.toMatchObject({ name: "InvalidSignatureException" });
    expect(await mantle(session)).toBe(401);
    session.close();
  });
});
