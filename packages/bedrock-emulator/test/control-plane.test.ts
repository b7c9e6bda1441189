import {
  GetInferenceProfileCommand,
  ListFoundationModelsCommand,
  type ListFoundationModelsCommandInput,
  ListInferenceProfilesCommand,
  paginateListInferenceProfiles,
} from "@aws-sdk/client-bedrock";
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { ask, controlClient, runtimeClient, sonnet45 } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

describe("ListFoundationModels", () => {
  it("filters", async () => {
    const list = async (input: ListFoundationModelsCommandInput) =>
      (await controlClient(emulator).send(new ListFoundationModelsCommand(input))).modelSummaries ?? [];
    const all = await list({});
    const embedding = await list({ byOutputModality: "EMBEDDING" });
    const anthropic = await list({ byProvider: "anthropic" });
    expect(all.length).toBeGreaterThan(20);
    expect(embedding.every((model) => model.outputModalities?.[0] === "EMBEDDING")).toBe(true);
    expect(anthropic.every((model) => model.providerName === "Anthropic")).toBe(true);
    expect((await list({ byInferenceType: "PROVISIONED" })).length).toBeLessThan(all.length);
    expect(all.find((model) => model.modelId === "amazon.titan-image-generator-v2:0")).not.toHaveProperty(
      "responseStreamingSupported",
    );
    expect(all.filter((model) => model.modelLifecycle?.status === "LEGACY").length).toBeGreaterThan(0);
  });
});

describe("ListInferenceProfiles", () => {
  it("pages, and lists application profiles only when asked", async () => {
    const pages = [];
    for await (const page of paginateListInferenceProfiles({ client: controlClient(emulator) }, {})) pages.push(page);
    const profiles = pages.flatMap((page) => page.inferenceProfileSummaries ?? []);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages[0]?.inferenceProfileSummaries).toHaveLength(5);
    expect(new Set(profiles.map((profile) => profile.inferenceProfileId)).size).toBe(profiles.length);
    expect(new Set(profiles.map((profile) => profile.type))).toEqual(new Set(["SYSTEM_DEFINED"]));
    expect(new Set(profiles.map((profile) => profile.inferenceProfileId?.split(".")[0]))).toEqual(
      new Set(["us", "global"]),
    );
    const applications = await controlClient(emulator).send(
      new ListInferenceProfilesCommand({ typeEquals: "APPLICATION" }),
    );
    expect(applications.inferenceProfileSummaries?.[0]?.inferenceProfileArn).toMatch(
      /^arn:aws:bedrock:us-east-1:123456789012:application-inference-profile\/[a-z0-9]{12}$/,
    );
  });

  it("offers each region its own geography", async () => {
    const europe = await startEmulator({ region: "eu-central-1" });
    const answer = await controlClient(europe).send(new ListInferenceProfilesCommand({ maxResults: 1000 }));
    expect(new Set(answer.inferenceProfileSummaries?.map((row) => row.inferenceProfileId?.split(".")[0]))).toEqual(
      new Set(["eu", "global"]),
    );
    await europe.close();
  });
});

describe("model ids", () => {
  const converse = (modelId: string) =>
    runtimeClient(emulator).send(new ConverseCommand({ modelId, messages: ask("Hello") }));

  it("takes profile ids, and ARNs of models, profiles and application profiles", async () => {
    const application = await controlClient(emulator).send(
      new GetInferenceProfileCommand({ inferenceProfileIdentifier: "x7k2m9q4w1zt" }),
    );
    const ids = [
      sonnet45,
      `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${sonnet45}`,
      "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0",
      application.inferenceProfileArn ?? "",
    ];
    for (const id of ids) await expect(converse(id)).resolves.toMatchObject({ stopReason: "end_turn" });
    expect(emulator.requests.at(-1)?.modelId).toBe(application.inferenceProfileArn);
  });

  it("refuses unknown ones, other geographies, and bare ids of models that need a profile", async () => {
    for (const id of ["no.such-model", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.no.such-model"]) {
      await expect(converse(id)).rejects.toMatchObject({
        name: "ValidationException",
        message: "The provided model identifier is invalid.",
      });
    }
    const bare = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    await expect(converse(bare)).rejects.toThrow(
      `Invocation of model ID ${bare} with on-demand throughput isn’t supported.`,
    );
  });
});
