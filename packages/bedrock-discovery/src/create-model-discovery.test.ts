import { awsSession } from "@clawrock/aws-auth";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { createDiscoveryCache } from "@clawrock/discovery-cache";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listsServer, model } from "../test/lists-server.ts";
import { createModelDiscovery } from "./create-model-discovery.ts";
import { discoverModels } from "./discover-models.ts";
import { modelListKey } from "./list-key.ts";

const KEYS = { accessKeyId: "AKIAOTHER", secretAccessKey: "another-secret" };

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const session = (credentials = emulator.credentials) =>
  awsSession({ credentials, region: emulator.region, endpoints: { bedrock: emulator.url } });

describe("against the emulator", () => {
  it("lists models and profiles by signature and by bearer token", async () => {
    const signed = await discoverModels({ aws: session() });
    const bearer = awsSession({
      bearerToken: emulator.bearerToken,
      region: emulator.region,
      endpoints: { bedrock: emulator.url },
    });
    const byToken = await discoverModels({ aws: bearer });
    expect(signed.models.length).toBeGreaterThan(10);
    expect(signed.models.some(({ invocation }) => invocation.kind === "on-demand")).toBe(true);
    expect(byToken).toEqual(signed);
  });

  it("refuses a wrong signature as the service does", async () => {
    await expect(
      discoverModels({ aws: session({ ...emulator.credentials, secretAccessKey: "wrong" }) }),
    ).rejects.toMatchObject({ name: "BedrockError" });
  });
});

describe("createModelDiscovery", () => {
  it("asks once, then not again while the list is fresh", async () => {
    const discover = createModelDiscovery({ aws: session(), cache: createDiscoveryCache() });
    const [first, second] = await Promise.all([discover(), discover()]);
    expect([first.freshness, second.freshness]).toEqual(["loaded", "loaded"]);
    expect(emulator.requests).toHaveLength(3);
    expect((await discover()).freshness).toBe("fresh");
    expect(emulator.requests).toHaveLength(3);
  });

  it("asks each time with a ttl of 0", async () => {
    const discover = createModelDiscovery({ aws: session(), cache: createDiscoveryCache({ ttl: 0 }) });
    await discover();
    await discover();
    expect(emulator.requests).toHaveLength(6);
  });

  it("gives a partial list without keeping it, and the whole one as soon as there is one", async () => {
    const server = await listsServer();
    server.models = { rows: [model("vendor.m")] };
    server.profiles = { status: 403, type: "AccessDeniedException", message: "no" };
    const discover = createModelDiscovery({ aws: server.aws, cache: createDiscoveryCache() });
    expect((await discover()).value.warnings).toHaveLength(1);
    server.profiles = { rows: [] };
    expect((await discover()).value.warnings).toEqual([]);
    expect((await discover()).freshness).toBe("fresh");
    await server.close();
  });

  it("gives the last good list with the reason when both lists fail later", async () => {
    let now = Date.now();
    const server = await listsServer();
    server.models = { rows: [model("vendor.m")] };
    const cache = createDiscoveryCache({ ttl: 1000, staleFor: 0, clock: () => now });
    const discover = createModelDiscovery({ aws: server.aws, cache });
    await discover();
    server.models = server.profiles = { status: 403, type: "AccessDeniedException", message: "no" };
    now += 2000;
    const { value, freshness, error } = await discover();
    expect(value.models.map(({ id }) => id)).toEqual(["vendor.m"]);
    expect([freshness, error?.name]).toEqual(["last-good", "BedrockError"]);
    await server.close();
  });
});

describe("modelListKey", () => {
  it("tells regions, identities, filters and defaults apart, and holds no secret", async () => {
    const aws = session();
    const keys = await Promise.all([
      modelListKey({ aws }),
      modelListKey({ aws: aws.in({ region: "eu-west-1" }) }),
      modelListKey({ aws: session(KEYS) }),
      modelListKey({ aws: awsSession({ bearerToken: "token-one", endpoints: { bedrock: emulator.url } }) }),
      modelListKey({ aws: awsSession({ bearerToken: "token-two", endpoints: { bedrock: emulator.url } }) }),
      modelListKey({ aws, filter: { providers: ["amazon"] } }),
      modelListKey({ aws, include: ["legacy"] }),
      modelListKey({ aws, defaultMaxTokens: 5 }),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const secret of [emulator.credentials.secretAccessKey, KEYS.secretAccessKey, "token-one"]) {
      expect(keys.join("\n")).not.toContain(secret);
    }
  });

  it("is the same for the same question, however it is put", async () => {
    const aws = session();
    expect(await modelListKey({ aws, filter: { providers: ["Amazon", " meta"] } })).toBe(
      await modelListKey({ aws: session(), filter: { providers: ["meta", "amazon", "AMAZON"] } }),
    );
  });
});
