// The edge cases of discovery that the plugins of the field trip over, one test each, over sockets.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsSession } from "@clawrock/aws-auth";
import { createDiscoveryCache } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createModelDiscovery } from "../src/create-model-discovery.ts";
import { discoverModels } from "../src/discover-models.ts";
import type { DiscoveredModel, DiscoverModelsOptions, HiddenModel } from "../src/types.ts";
import { applicationProfile, KEYS, type ListsServer, listsServer, model, profile } from "./lists-server.ts";

const HAIKU = "anthropic.claude-3-haiku-20240307-v1:0";
const DENIED = { status: 403, type: "AccessDeniedException", message: "not authorized" };

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
});
afterEach(() => server.close());

async function listed(
  options: Partial<DiscoverModelsOptions> = {},
): Promise<{ offered: Map<string, DiscoveredModel>; hidden: Map<string, HiddenModel>; order: string[] }> {
  const { models, hidden } = await discoverModels({ aws: server.aws, ...options });
  return {
    offered: new Map(models.map((row) => [row.id, row])),
    hidden: new Map(hidden.map((row) => [row.id, row])),
    order: models.map(({ id }) => id),
  };
}

describe("what is listed", () => {
  it("1: a model that does not stream is hidden", async () => {
    server.models = { rows: [model("vendor.m", { responseStreamingSupported: false })] };
    const { offered, hidden } = await listed();
    expect([offered.size, hidden.get("vendor.m")?.reason]).toEqual([0, "no streaming"]);
  });

  it("2: a model that is not active is hidden", async () => {
    server.models = { rows: [model("vendor.m", { modelLifecycle: { status: "INACTIVE" } })] };
    const { offered, hidden } = await listed();
    expect([offered.size, hidden.get("vendor.m")?.reason]).toEqual([0, "legacy"]);
  });

  it("3: a model that makes vectors is hidden", async () => {
    server.models = { rows: [model("vendor.m", { outputModalities: ["EMBEDDING"] })] };
    const { offered, hidden } = await listed();
    expect([offered.size, hidden.get("vendor.m")?.reason]).toEqual([0, "embeddings"]);
  });

  it("4: IMAGE among the inputs is image input", async () => {
    server.models = { rows: [model("vendor.m", { inputModalities: ["TEXT", "IMAGE"] })] };
    expect((await listed()).offered.get("vendor.m")?.capabilities.input.value).toEqual(["text", "image"]);
  });

  it("5: an unknown modality gives text", async () => {
    server.models = { rows: [model("vendor.m", { inputModalities: ["TASTE"] })] };
    expect((await listed()).offered.get("vendor.m")?.capabilities.input.value).toEqual(["text"]);
  });

  it("6: the filter does not care about case", async () => {
    server.models = {
      rows: [model("vendor.m", { providerName: "Vendor Inc" }), model("other.m", { providerName: "Other" })],
    };
    for (const providers of [["VENDOR"], ["vendor inc"], [" Vendor Inc "]]) {
      expect((await listed({ filter: { providers } })).order).toEqual(["vendor.m"]);
    }
  });

  it("7: a profile passes the filter by the models of its ARNs", async () => {
    server.profiles = {
      rows: [applicationProfile("team-a", ["amazon.nova-lite-v1:0"]), applicationProfile("team-b", [HAIKU])],
    };
    const { offered } = await listed({ filter: { providers: ["amazon"] } });
    expect([...offered.values()].map(({ name }) => name)).toEqual(["Profile team-a"]);
  });

  it("8: a profile that is not active, or whose model is legacy, is hidden", async () => {
    server.models = { rows: [model("vendor.old", { modelLifecycle: { status: "LEGACY" } })] };
    server.profiles = {
      rows: [profile("us.vendor.m", ["vendor.m"], { status: "LEGACY" }), profile("us.vendor.old", ["vendor.old"])],
    };
    const { offered, hidden } = await listed();
    expect([offered.size, hidden.get("us.vendor.m")?.reason]).toEqual([0, "not invocable"]);
    expect(hidden.get("us.vendor.old")?.reason).toBe("legacy");
  });

  it("9: an application profile named us.my-prod-profile is known by its ARN, not by its prefix", async () => {
    server.profiles = { rows: [applicationProfile("us.my-prod-profile", [HAIKU])] };
    const [row] = (await listed()).offered.values();
    expect([row?.baseModelId, row?.contextWindow]).toEqual([HAIKU, 200_000]);
  });

  it("10: au. and apac. inherit without ARNs", async () => {
    server.models = { rows: [model(HAIKU, { inputModalities: ["TEXT", "IMAGE"] })] };
    server.profiles = { rows: [profile(`au.${HAIKU}`, []), profile(`apac.${HAIKU}`, [])] };
    const { offered } = await listed();
    for (const id of [`au.${HAIKU}`, `apac.${HAIKU}`]) {
      expect(offered.get(id)).toMatchObject({ baseModelId: HAIKU, contextWindow: 200_000, provider: "Anthropic" });
      expect(offered.get(id)?.capabilities.input.value).toContain("image");
    }
  });

  it("11: a model known by its profile alone gets the fallback limits", async () => {
    server.profiles = { rows: [profile("us.vendor.unheard-1", ["vendor.unheard-1"])] };
    const row = (await listed()).offered.get("us.vendor.unheard-1");
    expect([row?.contextWindow, row?.maxOutputTokens]).toEqual([32_000, 4096]);
  });

  it("12: a Claude 5 known by its profile alone gets images, 1M and 128k", async () => {
    server.profiles = { rows: [profile("us.anthropic.claude-opus-5", ["anthropic.claude-opus-5"])] };
    const row = (await listed()).offered.get("us.anthropic.claude-opus-5");
    expect([row?.contextWindow, row?.maxOutputTokens]).toEqual([1_000_000, 128_000]);
    expect(row?.capabilities.input.value).toContain("image");
  });

  it("13: a dotted opus-4.8 has 1M", async () => {
    server.profiles = { rows: [profile("us.anthropic.claude-opus-4.8", [])] };
    expect((await listed()).offered.get("us.anthropic.claude-opus-4.8")?.contextWindow).toBe(1_000_000);
  });

  it("14: global profiles come first, or last if that is asked for", async () => {
    server.models = { rows: [model("a.a", { modelName: "A" })] };
    server.profiles = {
      rows: [
        profile("us.b.b", ["b.b"], { inferenceProfileName: "B" }),
        profile("global.z.z", ["z.z"], { inferenceProfileName: "Z" }),
        profile("global.c.c", ["c.c"], { inferenceProfileName: "C" }),
      ],
    };
    expect((await listed()).order).toEqual(["global.c.c", "global.z.z", "a.a", "us.b.b"]);
    expect((await listed({ globalProfiles: "last" })).order).toEqual(["a.a", "us.b.b", "global.c.c", "global.z.z"]);
  });
});

describe("what is asked", () => {
  beforeEach(() => {
    server.models = { rows: [model("vendor.m")] };
  });

  it("15: a second call within the TTL sends nothing", async () => {
    const discover = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache() });
    await discover();
    const asked = server.asked.length;
    expect((await discover()).freshness).toBe("fresh");
    expect(server.asked).toHaveLength(asked);
  });

  it("16: an interval of 0 asks each time: models, and profiles of both types", async () => {
    const discover = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache({ ttl: 0 }) });
    await discover();
    await discover();
    expect(server.asked.filter((path) => path.startsWith("/foundation-models"))).toHaveLength(2);
    expect(server.asked.filter((path) => path.startsWith("/inference-profiles"))).toHaveLength(4);
  });

  it("17: under a clock beyond all numbers nothing is kept", async () => {
    const cache = createDiscoveryCache({ clock: () => Number.POSITIVE_INFINITY });
    const discover = createModelDiscovery({ aws: server.aws, cache });
    for (let call = 0; call < 2; call++) expect((await discover()).freshness).toBe("loaded");
    expect(server.asked).toHaveLength(6);
  });

  it("18 and 19: when profiles fail the models are given and not kept, and the next call asks again", async () => {
    const discover = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache() });
    server.profiles = DENIED;
    const partial = await discover();
    expect(partial.value.models.map(({ id }) => id)).toEqual(["vendor.m"]);
    expect(partial.value.warnings[0]?.message).toContain("bedrock:ListInferenceProfiles");
    server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"])] };
    const whole = await discover();
    expect([whole.freshness, whole.value.models.length, whole.value.warnings]).toEqual(["loaded", 2, []]);
  });

  it("21: a list that hangs is aborted with its caller, and its sockets are closed", async () => {
    server.models = server.profiles = "hang";
    const controller = new AbortController();
    const run = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache() })({ signal: controller.signal });
    run.catch(() => {});
    await expect.poll(() => server.waiting(), { timeout: 10_000 }).toBe(3);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
    await expect.poll(() => server.waiting(), { timeout: 10_000 }).toBe(0);
  });

  it("22: an empty list that succeeds is empty, not failed, and is kept", async () => {
    server.models = { rows: [] };
    const discover = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache() });
    expect((await discover()).value).toEqual({ models: [], hidden: [], warnings: [] });
    expect((await discover()).freshness).toBe("fresh");
  });

  it("23: a blank AWS_REGION falls through to the next", async () => {
    const home = mkdtempSync(join(tmpdir(), "edge-"));
    vi.stubEnv("HOME", home);
    vi.stubEnv("AWS_REGION", "  ");
    vi.stubEnv("AWS_DEFAULT_REGION", "eu-central-1");
    const bedrock = server.aws.endpoint("bedrock");
    const aws = awsSession({ credentials: KEYS, endpoints: { bedrock } });
    expect((await discoverModels({ aws })).models[0]?.region).toBe("eu-central-1");
    aws.close();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });
});
