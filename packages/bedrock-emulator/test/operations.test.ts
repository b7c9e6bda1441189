import {
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  GetGuardrailCommand,
  GetInferenceProfileCommand,
  ListInferenceProfilesCommand,
} from "@aws-sdk/client-bedrock";
import { ApplyGuardrailCommand, CountTokensCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { ask, controlClient, runtimeClient, sonnet45 } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe("CountTokens", () => {
  const count = (modelId: string) =>
    runtimeClient(emulator).send(
      new CountTokensCommand({ modelId, input: { converse: { messages: ask("Hello, world!") } } }),
    );

  it("counts for base ids of Claude, and refuses profiles", async () => {
    expect((await count("anthropic.claude-sonnet-4-5-20250929-v1:0")).inputTokens).toBe(7);
    await expect(count(sonnet45)).rejects.toThrow("The provided model doesn't support counting tokens.");
    await expect(count("amazon.nova-micro-v1:0")).rejects.toThrow(
      "The provided model doesn't support counting tokens.",
    );
    await expect(count("no.such")).rejects.toThrow("The provided model identifier is invalid.");
  });
});

describe("ApplyGuardrail", () => {
  const apply = (text: string, guardrailIdentifier = "emulatorgrd1") =>
    runtimeClient(emulator).send(
      new ApplyGuardrailCommand({
        guardrailIdentifier,
        guardrailVersion: "DRAFT",
        source: "OUTPUT",
        content: [{ text: { text } }],
      }),
    );

  it("assesses text by itself", async () => {
    const blocked = await apply("Here are the Launch Codes: 1234");
    expect(blocked.action).toBe("GUARDRAIL_INTERVENED");
    expect(blocked.outputs).toEqual([{ text: "Sorry, the model cannot give this answer." }]);
    expect(blocked.assessments?.[0]?.wordPolicy?.customWords?.[0]?.match).toBe("Launch Codes");
    expect(blocked.usage?.wordPolicyUnits).toBe(1);
    const passed = await apply("Good morning");
    expect([passed.action, passed.outputs]).toEqual(["NONE", []]);
    await expect(apply("x", "Not An Id")).rejects.toThrow("The provided guardrail identifier is invalid.");
  });
});

describe("GetGuardrail", () => {
  it("describes the draft or a version, by id and by ARN", async () => {
    const get = (guardrailIdentifier: string, guardrailVersion?: string) =>
      controlClient(emulator).send(new GetGuardrailCommand({ guardrailIdentifier, guardrailVersion }));
    const draft = await get("emulatorgrd1");
    expect(draft).toMatchObject({ guardrailId: "emulatorgrd1", version: "DRAFT", status: "READY" });
    expect(draft.createdAt).toBeInstanceOf(Date);
    expect(await get(draft.guardrailArn ?? "", "1")).toMatchObject({ version: "1", wordPolicy: { words: [{}, {}] } });
    await expect(get("emulatorgrd1", "2")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("GetFoundationModelAvailability", () => {
  it("says that listed models are available", async () => {
    const answer = await controlClient(emulator).send(
      new GetFoundationModelAvailabilityCommand({ modelId: "amazon.nova-pro-v1:0" }),
    );
    expect(answer.authorizationStatus).toBe("AUTHORIZED");
    expect(answer.agreementAvailability?.status).toBe("AVAILABLE");
  });
});

describe("GetFoundationModel", () => {
  const get = async (modelIdentifier: string) =>
    (await controlClient(emulator).send(new GetFoundationModelCommand({ modelIdentifier }))).modelDetails;

  it("describes a model by id and by ARN", async () => {
    const byId = await get("amazon.nova-pro-v1:0");
    expect(byId).toMatchObject({ modelName: "Nova Pro", modelLifecycle: { status: "ACTIVE" } });
    expect(await get(byId?.modelArn ?? "")).toEqual(byId);
    await expect(get("no.such")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(get("arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });
});

describe("inference profiles", () => {
  it("are described by id and ARN, application profiles too", async () => {
    const get = (inferenceProfileIdentifier: string) =>
      controlClient(emulator).send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
    const list = await controlClient(emulator).send(new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }));
    const application = list.inferenceProfileSummaries?.[0];
    expect(application).toMatchObject({ type: "APPLICATION", status: "ACTIVE", inferenceProfileId: "x7k2m9q4w1zt" });
    for (const id of [application?.inferenceProfileArn, application?.inferenceProfileId, sonnet45]) {
      const profile = await get(id ?? "");
      expect(profile.models?.map((model) => model.modelArn)).toContain(
        "arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
      );
      expect(profile.createdAt).toBeInstanceOf(Date);
    }
    await expect(get("us.no.such")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(get("not an id")).rejects.toThrow("at 'inferenceProfileIdentifier'");
  });
});
