import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";
import { join } from "./rows/join.ts";
import { listingOf } from "./rows/listing.ts";
import type { DiscoveryResult } from "./types.ts";

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
});
afterEach(() => server.close());

const discover = (): Promise<DiscoveryResult> => discoverModels({ aws: server.aws });
const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id).sort();

describe("rows", () => {
  it("with null or nothing in every field are offered or hidden, never fatal", async () => {
    const fields = ["modelArn", "modelName", "providerName", "inputModalities", "outputModalities"] as const;
    const more = ["responseStreamingSupported", "inferenceTypesSupported", "modelLifecycle"] as const;
    server.models = {
      rows: [
        ...[...fields, ...more].map((field) => model(`vendor.no-${field.toLowerCase()}`, { [field]: null })),
        model("vendor.holes-in-lists", { inputModalities: [null, "TEXT"], outputModalities: ["TEXT", null] }),
        model("vendor.future", { inputModalities: ["SMELL"], outputModalities: ["TEXT", "TASTE"] }),
        { modelId: "vendor.bare" },
      ],
    };
    server.profiles = {
      rows: [
        profile("us.vendor.no-models", [], { models: null }),
        profile("us.vendor.no-arn", [], { models: [{ modelArn: null }, {}] }),
        profile("us.vendor.odd-arn", [], { models: [{ modelArn: "not an arn" }] }),
        profile("us.vendor.no-status", ["vendor.m"], { status: null }),
        profile("us.vendor.no-name", ["vendor.m"], { inferenceProfileName: null }),
        profile("us.vendor.no-id", ["vendor.m"], { inferenceProfileId: null } as never),
      ],
    };
    const { models, hidden, warnings } = await discover();
    expect(warnings).toEqual([]);
    expect(new Set(ids([...models, ...hidden])).size).toBe(models.length + hidden.length);
    expect(ids(models)).toContain("vendor.future");
    expect(ids(models)).toContain("us.vendor.no-models");
    expect(ids(hidden)).toContain("us.vendor.no-status");
    for (const row of [...models, ...hidden]) expect(`${row.name} ${row.provider}`).not.toMatch(/undefined|null/u);
  });

  it("with the same id are one, offered if one of them can be", async () => {
    const legacy = { modelLifecycle: { status: "LEGACY" } };
    server.models = {
      rows: [model("vendor.m"), model("vendor.m", legacy), model("vendor.n", legacy), model("vendor.n")],
    };
    const { models, hidden } = await discover();
    expect(ids(models)).toEqual(["vendor.m", "vendor.n"]);
    expect(hidden).toEqual([]);
  });

  it("of profiles alone have the window, output and image input of their family, dotted or not", async () => {
    const ids = ["us.anthropic.claude-sonnet-5", "us.anthropic.claude-opus-4.8", "us.anthropic.claude-opus-4-8"];
    server.profiles = { rows: ids.map((id) => profile(id, [])) };
    const { models } = await discover();
    expect(models).toHaveLength(3);
    for (const { contextWindow, maxOutputTokens, capabilities } of models) {
      expect([contextWindow, maxOutputTokens]).toEqual([1_000_000, 128_000]);
      expect(capabilities.input.value).toContain("image");
    }
  });

  it("name every region of a profile over regions", async () => {
    const regions = ["eu-west-3", "ap-southeast-4", "us-gov-west-1"];
    server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"], { regions })] };
    expect((await discover()).models[0]?.invocation).toMatchObject({ destinationRegions: regions.toSorted() });
  });
});

describe("pages", () => {
  it("end with an empty token as with none", async () => {
    server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"])], lastToken: "" };
    const { models, warnings } = await discover();
    expect(warnings).toEqual([]);
    expect(ids(models)).toEqual(["us.vendor.m"]);
  });

  it("that are empty, each with a new token, stop at a limit", async () => {
    server.profiles = { rows: [], lastToken: () => crypto.randomUUID() };
    const { warnings } = await discover();
    expect(warnings[0]?.error).toMatchObject({ kind: "protocol" });
    expect(server.asked.length).toBeLessThan(250);
  });
});

it("closes the connection of a list that hangs when the other of its kind is refused", async () => {
  server.profiles = {
    byType: {
      SYSTEM_DEFINED: { status: 403, type: "AccessDeniedException", message: "not authorized" },
      APPLICATION: "hang",
    },
  };
  const { warnings } = await discover();
  expect(warnings[0]?.error.kind).toBe("access-denied");
  await expect.poll(() => server.asked.length).toBe(3);
  await expect.poll(() => server.waiting(), { timeout: 2000 }).toBe(0);
});

it("joins 10,000 models with 10,000 profiles in seconds", () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => `vendor${at % 50}.model-${at}-v1:0`);
  const profiles = rows.map((id, at) => ({
    ...{ id: `us.${id}`, arn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.${id}`, name: id },
    ...{ type: "SYSTEM_DEFINED" as const, active: true },
    modelArns: ["us-east-1", "us-west-2"].map(
      (region) => `arn:aws:bedrock:${region}::foundation-model/${at % 3 === 0 ? "vendor0.model-0-v1:0" : id}`,
    ),
  }));
  const begun = performance.now();
  const listing = listingOf(
    "us-east-1",
    rows.map((id) => model(id) as never),
    profiles,
  );
  const joined = join(listing, { defaultContextWindow: 32_000, defaultMaxTokens: 4_096 });
  expect(joined.models.length + joined.hidden.length).toBe(20_000);
  expect(performance.now() - begun).toBeLessThan(8_000);
});
