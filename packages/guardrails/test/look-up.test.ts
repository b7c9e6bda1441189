import { awsSession } from "@clawrock/aws-auth";
import { defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import type { BedrockError } from "@clawrock/conversation";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type GuardrailDescription, lookUpGuardrail } from "../src/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    guardrails: [
      defaultGuardrail,
      { ...defaultGuardrail, id: "brokenrules1", status: "FAILED", statusReasons: ["A policy could not be made."] },
    ],
  });
});
afterAll(() => emulator.close());

function looked(guardrailIdentifier: string, guardrailVersion = "1"): Promise<GuardrailDescription> {
  const { region, credentials, url } = emulator;
  const aws = awsSession({ region, credentials, endpoints: { bedrock: url }, env: {} });
  return lookUpGuardrail({ aws, guardrail: { guardrailIdentifier, guardrailVersion } });
}

function refused(guardrailIdentifier: string, guardrailVersion?: string): Promise<BedrockError> {
  return looked(guardrailIdentifier, guardrailVersion).then(
    () => expect.unreachable("it was found"),
    (error) => error,
  );
}

it("describes a guardrail by id and ARN, as draft or version", async () => {
  const arn = "arn:aws:bedrock:us-east-1:123456789012:guardrail/emulatorgrd1";
  expect(await looked("emulatorgrd1")).toMatchObject({ id: "emulatorgrd1", arn, version: "1", status: "READY" });
  expect(await looked(arn, "DRAFT")).toMatchObject({ id: "emulatorgrd1", version: "DRAFT", statusReasons: [] });
  expect(await looked("brokenrules1")).toMatchObject({ status: "FAILED", statusReasons: [expect.any(String)] });
});

it("tells a guardrail that is not there from a version that is not", async () => {
  const nowhere = await refused("nosuchrules1");
  expect(nowhere).toMatchObject({
    kind: "invalid-config",
    problem: expect.stringContaining("no guardrail nosuchrules1"),
  });
  const version = await refused("emulatorgrd1", "7");
  expect(version).toMatchObject({ kind: "invalid-config", problem: expect.stringContaining("has no version 7") });
  for (const { message } of [nowhere, version]) {
    expect(message).toContain("us-east-1");
    expect(message).toMatch(/`aws bedrock list-guardrails .*`/u);
  }
});

it("tells another account and another region", async () => {
  const foreign = await refused("arn:aws:bedrock:us-east-1:210987654321:guardrail/emulatorgrd1");
  expect(foreign).toMatchObject({ kind: "access-denied", message: expect.stringContaining("bedrock:GetGuardrail") });
  const before = emulator.requests.length;
  const far = await refused("arn:aws:bedrock:eu-west-1:123456789012:guardrail/emulatorgrd1");
  expect([far.kind, emulator.requests.length]).toEqual(["wrong-region", before]);
});
