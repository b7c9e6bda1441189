import {
  ListCustomModelDeploymentsCommand,
  ListCustomModelsCommand,
  ListImportedModelsCommand,
  ListPromptRoutersCommand,
  ListProvisionedModelThroughputsCommand,
} from "@aws-sdk/client-bedrock";
import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, type OwnModel, startEmulator } from "../src/index.ts";
import { ask, controlClient, novaMicro, runtimeClient } from "./clients.ts";

const ownModels: readonly OwnModel[] = [
  { kind: "imported", name: "my-llama", of: novaMicro, architecture: "llama" },
  { kind: "imported", name: "my-base", of: novaMicro, instructSupported: false },
  { kind: "custom", name: "tuned", of: novaMicro },
  { kind: "deployment", name: "tuned-live", of: novaMicro, custom: "tuned" },
  { kind: "deployment", name: "tuned-soon", of: novaMicro, custom: "tuned", status: "Creating" },
  { kind: "provisioned", name: "bought", of: novaMicro },
  { kind: "prompt-router", name: "amazon.nova:1", of: novaMicro, others: ["amazon.nova-pro-v1:0"] },
];

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ ownModels });
});
afterAll(() => emulator.close());

describe("what an account has of its own", () => {
  it("is listed by kind, in pages, by name and status", async () => {
    const client = controlClient(emulator);
    const first = await client.send(new ListImportedModelsCommand({ maxResults: 1 }));
    const { nextToken } = first;
    const second = await client.send(new ListImportedModelsCommand({ maxResults: 1, nextToken }));
    const imported = [first, second].flatMap(({ modelSummaries = [] }) => modelSummaries);
    expect(imported.map(({ modelName, instructSupported }) => [modelName, instructSupported])).toEqual([
      ["my-llama", true],
      ["my-base", false],
    ]);
    expect(second.nextToken).toBeUndefined();
    const named = await client.send(new ListImportedModelsCommand({ nameContains: "base" }));
    expect(named.modelSummaries).toEqual([imported[1]]);

    const { modelSummaries = [] } = await client.send(new ListCustomModelsCommand({}));
    const deployments = await client.send(new ListCustomModelDeploymentsCommand({ statusEquals: "Active" }));
    expect(deployments.modelDeploymentSummaries).toEqual([
      expect.objectContaining({ customModelDeploymentName: "tuned-live", modelArn: modelSummaries[0]?.modelArn }),
    ]);
    const { provisionedModelSummaries } = await client.send(new ListProvisionedModelThroughputsCommand({}));
    expect(provisionedModelSummaries?.[0]).toMatchObject({ provisionedModelName: "bought", status: "InService" });
    const { promptRouterSummaries } = await client.send(new ListPromptRoutersCommand({ type: "default" }));
    expect(promptRouterSummaries?.[0]).toMatchObject({ models: [{}, {}], status: "AVAILABLE" });
    expect((await client.send(new ListPromptRoutersCommand({ type: "custom" }))).promptRouterSummaries).toEqual([]);
  });

  it("answers by its ARN where it takes turns, and is refused where it does not", async () => {
    const control = controlClient(emulator);
    const { modelDeploymentSummaries = [] } = await control.send(new ListCustomModelDeploymentsCommand({}));
    const { modelSummaries: custom = [] } = await control.send(new ListCustomModelsCommand({}));
    const { modelSummaries: imported = [] } = await control.send(new ListImportedModelsCommand({}));
    const { provisionedModelSummaries = [] } = await control.send(new ListProvisionedModelThroughputsCommand({}));
    const { promptRouterSummaries = [] } = await control.send(new ListPromptRoutersCommand({}));
    const call = (modelId = ""): Promise<unknown> =>
      runtimeClient(emulator).send(new ConverseCommand({ modelId, messages: ask("Hello") }));
    const [live, soon] = modelDeploymentSummaries.map((row) => row.customModelDeploymentArn);
    const answering = [
      live,
      imported[0]?.modelArn,
      provisionedModelSummaries[0]?.provisionedModelArn,
      promptRouterSummaries[0]?.promptRouterArn,
    ];
    for (const arn of answering) expect(await call(arn)).toMatchObject({ stopReason: "end_turn" });
    for (const arn of [soon, imported[1]?.modelArn, custom[0]?.modelArn, live?.replace("us-east-1", "eu-west-1")]) {
      await expect(call(arn)).rejects.toThrow("The provided model identifier is invalid.");
    }
  });

  it("is nothing where nothing was said", async () => {
    await using other = { emulator: await startEmulator(), [Symbol.asyncDispose]: async () => other.emulator.close() };
    expect((await controlClient(other.emulator).send(new ListCustomModelsCommand({}))).modelSummaries).toEqual([]);
  });
});
