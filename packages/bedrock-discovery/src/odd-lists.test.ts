import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";
import { readModel } from "./lists/list-foundation-models.ts";
import { readProfile } from "./lists/list-inference-profiles.ts";
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

it("keeps what came of a list when the rest hangs, is refused or repeats itself, and closes the connection", async () => {
  server.profiles = {
    byType: { SYSTEM_DEFINED: { rows: [profile("us.vendor.m", ["vendor.m"])] }, APPLICATION: "hang" },
  };
  const { models, warnings } = await discoverModels({ aws: server.aws, timeoutMs: 3000 });
  expect(ids(models)).toEqual(["us.vendor.m"]);
  expect(warnings).toEqual([expect.objectContaining({ list: "inference-profiles", region: "us-east-1" })]);
  expect(warnings[0]?.message).toMatch(/^Some of ListInferenceProfiles in us-east-1 is missing: .* within 3 s/u);
  await expect.poll(() => server.waiting(), { timeout: 5000 }).toBe(0);

  server.profiles = { rows: [profile("us.vendor.m", ["vendor.m"])], lastToken: "again" };
  const looping = await discover();
  expect(ids(looping.models)).toEqual(["us.vendor.m"]);
  expect(looping.warnings[0]?.error.kind).toBe("protocol");
});

describe("answers of the wrong type", () => {
  const wrong = [7, true, "text", {}, [], [[]], [null], [7], ["x"], { 0: "x", length: 1 }].map((value) => ({ value }));

  it.each(wrong)("$value instead of a list, a row or a field is nothing, never fatal", async ({ value }) => {
    server.profiles = { rows: [profile("us.vendor.sound", ["vendor.sound"])] };
    server.models = { body: { modelSummaries: value } };
    const instead = await discover();
    expect(ids(instead.models)).toEqual(["us.vendor.sound"]);

    const sound = model("vendor.sound");
    const fields = Object.keys(sound).filter((field) => field !== "modelId");
    server.models = {
      rows: [
        sound,
        { modelId: value } as never,
        value as never,
        ...fields.map((field) => model(`vendor.${field.toLowerCase()}`, { [field]: value })),
      ],
    };
    server.profiles = {
      rows: [
        ...Object.keys(profile("us.vendor.p", [])).map((field) =>
          profile("us.vendor.p", ["vendor.sound"], { [field]: value }),
        ),
        profile("us.vendor.arns", [], { models: [{ modelArn: value }] }),
      ],
    };
    const { models, hidden } = await discover();
    for (const row of [...models, ...hidden]) {
      expect([typeof row.id, typeof row.name, typeof row.provider]).toEqual(["string", "string", "string"]);
    }
    // What cannot be read as a whole is told; the rest goes on.
    expect(models.length).toBeGreaterThan(0);
  });

  it.each(["", "<html>", "{", "null", "[]", '"x"', "7"])("the body %j is told as a failed list", async (raw) => {
    server.models = { raw };
    server.profiles = { rows: [profile("us.vendor.p", ["vendor.p"])] };
    const { models } = await discover();
    expect(ids(models)).toEqual(["us.vendor.p"]);
  });

  it("names with line ends and other control characters stay in their line", async () => {
    server.models = { rows: [model("vendor.m", { modelName: "Nice\u001b[31m\nERROR: pay", providerName: "A\r\nB" })] };
    const [row] = (await discover()).models;
    expect([row?.name, row?.provider]).toEqual(["Nice [31m ERROR: pay", "A B"]);
  });
});

it("joins 10,000 models with 10,000 profiles in seconds", () => {
  const ids = Array.from({ length: 10_000 }, (_, at) => `vendor${at % 50}.model-${at}-v1:0`);
  const profiles = ids.flatMap((id, at) =>
    readProfile(profile(`us.${id}`, [at % 3 === 0 ? "vendor0.model-0-v1:0" : id]), "SYSTEM_DEFINED"),
  );
  const begun = performance.now();
  const models = ids.flatMap((id) => readModel(model(id)));
  const joined = join(listingOf({ region: "us-east-1", models, profiles, own: [] }), {
    defaultContextWindow: 32_000,
    defaultMaxTokens: 4_096,
  });
  expect(joined.models.length + joined.hidden.length).toBe(20_000);
  expect(performance.now() - begun).toBeLessThan(8_000);
});
