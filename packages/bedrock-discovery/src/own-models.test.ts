import { awsSession } from "@clawrock/aws-auth";
import { type OwnModel as EmulatedModel, startEmulator } from "@clawrock/bedrock-emulator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type ListsServer, listsServer, model } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";

const NOVA = "amazon.nova-lite-v1:0";
const own = (type: string, id: string): string => `arn:aws:bedrock:us-east-1:123456789012:${type}/${id}`;
const foundation = (id: string): string => `arn:aws:bedrock:us-east-1::foundation-model/${id}`;

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
  server.models = { rows: [model(NOVA, { providerName: "Amazon" })] };
  server.own.set("/imported-models", {
    pageSize: 1,
    rows: [
      {
        modelArn: own("imported-model", "abc123"),
        modelName: "my-qwen",
        instructSupported: true,
        modelArchitecture: "qwen2",
      },
      { modelArn: own("imported-model", "def456"), modelName: "my-base", instructSupported: false },
    ],
  });
  server.own.set("/custom-models", {
    rows: [
      {
        modelArn: own("custom-model", `${NOVA}/cm1`),
        modelName: "tuned",
        baseModelArn: foundation(NOVA),
        baseModelName: "Nova Lite",
      },
    ],
  });
  server.own.set("/model-customization/custom-model-deployments", {
    rows: [
      {
        customModelDeploymentArn: own("custom-model-deployment", "dep1"),
        customModelDeploymentName: "tuned-live",
        modelArn: own("custom-model", `${NOVA}/cm1`),
        status: "Active",
      },
      {
        customModelDeploymentArn: own("custom-model-deployment", "dep2"),
        customModelDeploymentName: "soon",
        modelArn: own("custom-model", `${NOVA}/cm1`),
        status: "Creating",
      },
    ],
  });
  server.own.set("/provisioned-model-throughputs", {
    rows: [
      {
        provisionedModelArn: own("provisioned-model", "pm1"),
        provisionedModelName: "bought",
        modelArn: foundation(NOVA),
        foundationModelArn: foundation(NOVA),
        status: "InService",
      },
    ],
  });
  server.own.set("/prompt-routers", {
    rows: [
      {
        promptRouterArn: own("default-prompt-router", "amazon.nova:1"),
        promptRouterName: "Nova router",
        models: [{ modelArn: foundation("amazon.nova-pro-v1:0") }],
        fallbackModel: { modelArn: foundation(NOVA) },
        status: "AVAILABLE",
      },
    ],
  });
});
afterEach(() => server.close());

it("asks for what the account made itself only if that is wanted", async () => {
  const { models } = await discoverModels({ aws: server.aws });
  expect(models.map(({ id }) => id)).toEqual([NOVA]);
  expect(server.asked).toHaveLength(3);
});

it("offers it by its ARN with the record of the model behind it, and says what is not ready", async () => {
  const include = ["imported", "custom", "provisioned", "prompt routers"] as const;
  const { models, hidden, warnings } = await discoverModels({ aws: server.aws, include });
  expect(warnings).toEqual([]);
  const rows = models.map(({ id, name, provider, baseModelId, invocation }) => [
    id,
    name,
    provider,
    baseModelId,
    invocation.kind,
  ]);
  expect(rows).toEqual([
    [own("provisioned-model", "pm1"), "bought", "Amazon", NOVA, "provisioned"],
    [NOVA, `Model ${NOVA}`, "Amazon", NOVA, "on-demand"],
    [own("imported-model", "abc123"), "my-qwen", "unknown", undefined, "imported"],
    [own("default-prompt-router", "amazon.nova:1"), "Nova router", "Amazon", NOVA, "prompt router"],
    [own("custom-model-deployment", "dep1"), "tuned-live", "Amazon", NOVA, "custom"],
  ]);
  const bought = models.find(({ name }) => name === "bought");
  expect(bought?.contextWindow).toBe(models.find(({ id }) => id === NOVA)?.contextWindow);
  expect(hidden.map(({ name, reason, detail }) => [name, reason, detail])).toEqual([
    ["my-base", "not invocable", expect.stringContaining("chat template")],
    ["tuned", "not invocable", expect.stringContaining("through a deployment")],
    ["soon", "not invocable", "Its status is Creating."],
  ]);
});

it("filters it by the provider of the model behind it", async () => {
  const options = { aws: server.aws, include: ["provisioned", "imported"] } as const;
  const amazon = await discoverModels({ ...options, filter: { providers: ["amazon"] } });
  expect(amazon.models.map(({ name }) => name)).toEqual(["bought", `Model ${NOVA}`]);
});

it("names the permission that is missing for one of these lists, and gives the rest", async () => {
  server.own.set("/prompt-routers", { status: 403, type: "AccessDeniedException", message: "not authorized" });
  const { models, warnings } = await discoverModels({ aws: server.aws, include: ["imported", "prompt routers"] });
  expect(models.map(({ name }) => name)).toContain("my-qwen");
  expect(warnings).toEqual([expect.objectContaining({ list: "prompt-routers" })]);
  expect(warnings[0]?.message).toContain("Allow bedrock:ListPromptRouters");
});

it("lists what the emulator has of its own as what can be invoked there", async () => {
  const ownModels: readonly EmulatedModel[] = [
    { kind: "imported", name: "my-llama", of: NOVA },
    { kind: "imported", name: "my-base", of: NOVA, instructSupported: false },
    { kind: "custom", name: "tuned", of: NOVA },
    { kind: "deployment", name: "tuned-live", of: NOVA, custom: "tuned" },
    { kind: "deployment", name: "tuned-soon", of: NOVA, custom: "tuned", status: "Creating" },
    { kind: "provisioned", name: "bought", of: NOVA },
    { kind: "prompt-router", name: "amazon.nova:1", of: NOVA, others: ["amazon.nova-pro-v1:0"] },
  ];
  const emulator = await startEmulator({ ownModels, pageSize: 1 });
  try {
    const { credentials, region, url } = emulator;
    const aws = awsSession({ region, credentials, endpoints: { bedrock: url } });
    const include = ["imported", "custom", "provisioned", "prompt routers"] as const;
    const { models, hidden, warnings } = await discoverModels({ aws, include });
    expect(warnings).toEqual([]);
    const offered = models.filter(({ id }) => id.includes(":123456789012:") && !id.includes("inference-profile"));
    expect(offered.map(({ name, invocation, baseModelId }) => [name, invocation.kind, baseModelId])).toEqual(
      expect.arrayContaining([
        ["my-llama", "imported", undefined],
        ["tuned-live", "custom", NOVA],
        ["bought", "provisioned", NOVA],
        ["amazon.nova:1", "prompt router", NOVA],
      ]),
    );
    expect(offered).toHaveLength(4);
    const why = hidden.filter(({ reason }) => reason === "not invocable").map(({ name }) => name);
    expect(why.toSorted()).toEqual(["my-base", "tuned", "tuned-soon"]);
    aws.close();
  } finally {
    await emulator.close();
  }
});
