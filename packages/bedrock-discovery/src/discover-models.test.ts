import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applicationProfile, type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";
import type { DiscoverModelsOptions, DiscoveryResult } from "./types.ts";

const HAIKU = "anthropic.claude-3-haiku-20240307-v1:0";
const OPUS = "anthropic.claude-opus-4-7";

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
});
afterEach(() => server.close());

const discover = (options: Partial<DiscoverModelsOptions> = {}): Promise<DiscoveryResult> =>
  discoverModels({ aws: server.aws, ...options });
const ids = ({ models }: DiscoveryResult): string[] => models.map(({ id }) => id);
const reasons = ({ hidden }: DiscoveryResult): Record<string, string> =>
  Object.fromEntries(hidden.map(({ id, reason }) => [id, reason]));

describe("foundation models", () => {
  it("are offered on demand with name, provider, request region and capabilities", async () => {
    server.models = { rows: [model(HAIKU, { modelName: "Claude 3 Haiku", inputModalities: ["TEXT", "IMAGE"] })] };
    const { models, hidden, warnings } = await discover();
    expect(models).toEqual([
      {
        id: HAIKU,
        name: "Claude 3 Haiku",
        provider: "Anthropic",
        region: "us-east-1",
        invocation: { kind: "on-demand" },
        baseModelId: HAIKU,
        capabilities: expect.objectContaining({ family: "claude" }),
        contextWindow: 200_000,
        maxOutputTokens: 4096,
        access: "unknown",
      },
    ]);
    expect([hidden, warnings]).toEqual([[], []]);
  });

  it("are hidden with a reason where they do not stream, are not active or make no text", async () => {
    server.models = {
      rows: [
        model("vendor.no-stream", { responseStreamingSupported: false }),
        model("vendor.silent", { responseStreamingSupported: undefined }),
        model("vendor.old", { modelLifecycle: { status: "LEGACY" } }),
        model("vendor.lower", { modelLifecycle: { status: "active" } }),
        model("amazon.titan-embed-text-v2:0", { outputModalities: ["EMBEDDING"], responseStreamingSupported: false }),
        model("vendor.painter", { outputModalities: ["IMAGE"] }),
        model("amazon.nova-sonic-v1:0", { inputModalities: ["SPEECH"], outputModalities: ["SPEECH", "TEXT"] }),
        model("   "),
      ],
    };
    const result = await discover();
    expect(ids(result)).toEqual(["vendor.lower"]);
    expect(reasons(result)).toEqual({
      "vendor.no-stream": "no streaming",
      "vendor.silent": "no streaming",
      "vendor.old": "legacy",
      "amazon.titan-embed-text-v2:0": "embeddings",
      "vendor.painter": "no text output",
      "amazon.nova-sonic-v1:0": "no text input",
    });
  });

  it("are offered although legacy, embedding or not streaming when that is asked for", async () => {
    server.models = {
      rows: [
        model("vendor.old", { modelLifecycle: { status: "LEGACY" } }),
        model("vendor.silent", { responseStreamingSupported: false }),
        model("amazon.titan-embed-text-v2:0", { outputModalities: ["EMBEDDING"], responseStreamingSupported: false }),
      ],
    };
    expect(ids(await discover({ include: ["legacy"] }))).toEqual(["vendor.old"]);
    expect(ids(await discover({ include: ["no streaming"] }))).toEqual(["vendor.silent"]);
    expect(ids(await discover({ include: ["embeddings"] }))).toEqual(["amazon.titan-embed-text-v2:0"]);
  });

  it("that nobody knows take images if the list says so, and the default limits", async () => {
    server.models = { rows: [model("newvendor.thing-1", { inputModalities: ["TEXT", "IMAGE", "SMELL"] })] };
    const [known] = (await discover()).models;
    expect(known?.capabilities.input.value).toEqual(["text", "image"]);
    expect(known?.capabilities.input.provenance).toMatchObject({ source: "ListFoundationModels" });
    expect(known?.capabilities.contextWindow).toBeUndefined();
    expect([known?.contextWindow, known?.maxOutputTokens]).toEqual([32_000, 4096]);
    const [other] = (await discover({ defaultContextWindow: 64_000, defaultMaxTokens: 1000 })).models;
    expect([other?.contextWindow, other?.maxOutputTokens]).toEqual([64_000, 1000]);
  });

  it("that nobody knows take text if the list has no known word", async () => {
    server.models = { rows: [model("newvendor.thing-1", { inputModalities: ["SMELL"] })] };
    expect((await discover()).models[0]?.capabilities.input.value).toEqual(["text"]);
  });

  it("keep their own limits whatever the defaults", async () => {
    server.models = { rows: [model(HAIKU)] };
    expect((await discover({ defaultContextWindow: 1 })).models[0]?.contextWindow).toBe(200_000);
  });

  it("with a context length in the id are folded into the plain one, if that is listed", async () => {
    server.models = {
      rows: [
        model(`${HAIKU}:48k`, { inferenceTypesSupported: ["PROVISIONED"] }),
        model(HAIKU),
        model(`${HAIKU}:200k`, { inferenceTypesSupported: ["PROVISIONED"] }),
        model("amazon.nova-pro-v1:0:300k"),
      ],
    };
    const result = await discover();
    expect(ids(result)).toEqual(["amazon.nova-pro-v1:0:300k", HAIKU]);
    expect(reasons(result)).toEqual({ [`${HAIKU}:48k`]: "alias", [`${HAIKU}:200k`]: "alias" });
  });
});

describe("models without on-demand throughput", () => {
  it("are hidden, the reason naming their profiles", async () => {
    server.models = { rows: [model(OPUS, { inferenceTypesSupported: ["INFERENCE_PROFILE"] })] };
    server.profiles = { rows: [profile(`us.${OPUS}`, [OPUS]), profile(`global.${OPUS}`, [OPUS])] };
    const result = await discover();
    expect(ids(result)).toEqual([`global.${OPUS}`, `us.${OPUS}`]);
    expect(result.hidden).toEqual([
      expect.objectContaining({
        id: OPUS,
        reason: "profile only",
        detail: expect.stringContaining(`us.${OPUS}, global.${OPUS}`),
      }),
    ]);
  });

  it("say when no profile is listed, or none could be", async () => {
    server.models = { rows: [model(OPUS, { inferenceTypesSupported: ["INFERENCE_PROFILE"] })] };
    expect((await discover()).hidden[0]?.detail).toContain("none is listed in us-east-1");
    server.profiles = { status: 403, type: "AccessDeniedException", message: "no" };
    expect((await discover()).hidden[0]?.detail).toContain("could not be listed");
  });

  it("are told apart by what they need", async () => {
    server.models = {
      rows: [
        model("vendor.a", { inferenceTypesSupported: ["PROVISIONED"] }),
        model("vendor.b", { inferenceTypesSupported: [] }),
      ],
    };
    expect(reasons(await discover())).toEqual({ "vendor.a": "provisioned only", "vendor.b": "not invocable" });
  });
});

describe("inference profiles", () => {
  it("inherit the backing model's record and carry their regions", async () => {
    server.models = { rows: [model("newvendor.thing-1", { providerName: "New", inputModalities: ["TEXT", "IMAGE"] })] };
    server.profiles = {
      rows: [profile("eu.newvendor.thing-1", ["newvendor.thing-1"], { regions: ["eu-west-1", "eu-north-1"] })],
    };
    const row = (await discover()).models.find(({ id }) => id.startsWith("eu."));
    expect(row).toMatchObject({
      provider: "New",
      region: "us-east-1",
      baseModelId: "newvendor.thing-1",
      invocation: {
        kind: "inference-profile",
        type: "SYSTEM_DEFINED",
        destinationRegions: ["eu-north-1", "eu-west-1"],
      },
    });
    expect(row?.capabilities.input.value).toEqual(["text", "image"]);
  });

  it("everywhere go to every region", async () => {
    server.profiles = { rows: [profile(`global.${OPUS}`, [OPUS], { regions: ["", "us-east-1"] })] };
    expect((await discover()).models[0]?.invocation).toMatchObject({ destinationRegions: ["*"] });
  });

  it("of an application take their model's record by its ARN, never by their name", async () => {
    server.models = { rows: [model(HAIKU)] };
    server.profiles = { rows: [applicationProfile("us.my-prod-profile", [HAIKU])] };
    const row = (await discover()).models.find(({ invocation }) => invocation.kind === "inference-profile");
    expect(row).toMatchObject({
      id: "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/us.my-prod-profile",
      baseModelId: HAIKU,
      contextWindow: 200_000,
      invocation: { type: "APPLICATION" },
    });
  });

  it("of any geography inherit without ARNs too", async () => {
    server.models = { rows: [model(HAIKU)] };
    server.profiles = { rows: ["au", "apac", "jp", "us-gov"].map((place) => profile(`${place}.${HAIKU}`, [])) };
    const rows = (await discover()).models.filter(({ id }) => id !== HAIKU);
    expect(rows.map(({ baseModelId, contextWindow, provider }) => [baseModelId, contextWindow, provider])).toEqual(
      Array(4).fill([HAIKU, 200_000, "Anthropic"]),
    );
  });

  it("of models that are not listed have what their family's rules say, else the defaults", async () => {
    server.profiles = {
      rows: [
        profile("us.anthropic.claude-sonnet-5", ["anthropic.claude-sonnet-5"]),
        profile("us.newvendor.thing-1", ["newvendor.thing-1"]),
      ],
    };
    const [claude, thing] = (await discover()).models;
    expect([claude?.contextWindow, claude?.maxOutputTokens]).toEqual([1_000_000, 128_000]);
    expect(claude?.capabilities.input.value).toContain("image");
    expect([thing?.contextWindow, thing?.maxOutputTokens, thing?.provider]).toEqual([32_000, 4096, "newvendor"]);
  });

  it("are hidden when inactive, or for what their model is", async () => {
    server.models = {
      rows: [
        model("vendor.old", { modelLifecycle: { status: "LEGACY" } }),
        model("cohere.embed-v4:0", { outputModalities: ["EMBEDDING"] }),
      ],
    };
    server.profiles = {
      rows: [
        profile("us.vendor.off", ["vendor.off"], { status: "INACTIVE" }),
        profile("us.vendor.old", ["vendor.old"]),
        profile("us.cohere.embed-v4:0", ["cohere.embed-v4:0"]),
      ],
    };
    const result = await discover();
    expect(ids(result)).toEqual([]);
    expect(reasons(result)).toMatchObject({
      "us.vendor.off": "not invocable",
      "us.vendor.old": "legacy",
      "us.cohere.embed-v4:0": "embeddings",
    });
  });

  it("of embedding models are hidden by rule where the models cannot be listed", async () => {
    server.models = { status: 403, type: "AccessDeniedException", message: "no" };
    server.profiles = { rows: [profile("us.cohere.embed-v4:0", ["cohere.embed-v4:0"])] };
    expect(reasons(await discover())).toEqual({ "us.cohere.embed-v4:0": "embeddings" });
  });

  it("of both types come from all pages", async () => {
    const many = Array.from({ length: 7 }, (_, at) => profile(`us.vendor.m${at}`, [`vendor.m${at}`]));
    server.profiles = {
      rows: [...many, applicationProfile("app1", [HAIKU]), applicationProfile("app2", [HAIKU])],
      pageSize: 3,
    };
    expect((await discover()).models).toHaveLength(9);
    expect(server.asked.filter((path) => path.includes("type=SYSTEM_DEFINED"))).toHaveLength(3);
    expect(server.asked.filter((path) => path.includes("type=APPLICATION"))).toHaveLength(1);
  });

  it("are not asked for without end", async () => {
    server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"]), profile("us.vendor.n", [])], pageSize: 0 };
    const { warnings } = await discover();
    expect(warnings[0]?.error.kind).toBe("protocol");
  });
});

describe("filter", () => {
  beforeEach(() => {
    server.models = {
      rows: [
        model(HAIKU),
        model("mistral.large-1", { providerName: "Mistral AI" }),
        model("amazon.nova-9", { providerName: "Amazon" }),
      ],
    };
    server.profiles = { rows: [profile(`us.${HAIKU}`, [HAIKU]), applicationProfile("team", ["amazon.nova-9"])] };
  });

  it.each([
    [
      [" ANTHROPIC ", "anthropic"],
      [HAIKU, `us.${HAIKU}`],
    ],
    [["mistral"], ["mistral.large-1"]],
    [["mistral ai"], ["mistral.large-1"]],
    [["Amazon"], ["amazon.nova-9", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/team"]],
    [["nobody"], []],
  ])("%j passes %j", async (providers, expected) => {
    const result = await discover({ filter: { providers } });
    expect(ids(result).sort()).toEqual([...expected].sort());
    expect(new Set(Object.values(reasons(result)))).toEqual(new Set(["filtered"]));
  });

  it("of blanks passes all", async () => {
    expect(ids(await discover({ filter: { providers: ["", "  "] } }))).toHaveLength(5);
  });
});

it("puts global profiles first, then sorts by name", async () => {
  server.models = { rows: [model("b.b", { modelName: "beta" }), model("a.a", { modelName: "Alpha" })] };
  server.profiles = {
    rows: [
      profile("global.b.b", ["b.b"], { inferenceProfileName: "Zeta" }),
      profile("us.a.a", ["a.a"], { inferenceProfileName: "gamma" }),
    ],
  };
  expect((await discover()).models.map(({ name }) => name)).toEqual(["Zeta", "Alpha", "beta", "gamma"]);
});

it("takes an empty account for an empty list", async () => {
  expect(await discover()).toEqual({ models: [], hidden: [], warnings: [] });
});
