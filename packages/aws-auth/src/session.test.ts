import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../test/clean-environment.ts";
import { type LocalServer, localServer, noModels } from "../test/local-server.ts";
import { awsSession } from "./session.ts";
import type { AwsSession } from "./types.ts";

cleanEnvironment();

const keys = { accessKeyId: "AKIAEXPLICIT", secretAccessKey: "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr3t" };

let server: LocalServer;
beforeEach(async () => {
  server = await localServer(noModels);
});
afterEach(() => server.close());

async function list(session: AwsSession): Promise<string> {
  const client = new BedrockClient(session.clientConfig("bedrock"));
  await client.send(new ListFoundationModelsCommand({}));
  client.destroy();
  return server.seen.at(-1)?.authorization ?? "none";
}

describe("clientConfig with the real clients", () => {
  it("signs with explicit credentials in the session's region", async () => {
    const session = awsSession({ credentials: keys, region: "eu-central-1", endpoints: { bedrock: server.url } });
    expect(await list(session)).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAEXPLICIT\/\d{8}\/eu-central-1\/bedrock\//u);
  });

  it("sends an explicit bearer token", async () => {
    const session = awsSession({ bearerToken: " my-token ", endpoints: { bedrock: server.url } });
    expect(await list(session)).toBe("Bearer my-token");
  });

  it("sends the ambient bearer token, and the one that takes its place", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "first-token" });
    const session = awsSession({ endpoints: { bedrock: server.url } });
    const client = new BedrockClient(session.clientConfig("bedrock"));
    await client.send(new ListFoundationModelsCommand({}));
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "second-token" });
    await expect
      .poll(
        async () => {
          await client.send(new ListFoundationModelsCommand({}));
          return server.seen.at(-1)?.authorization;
        },
        { timeout: 3000 },
      )
      .toBe("Bearer second-token");
    expect(server.seen[0]?.authorization).toBe("Bearer first-token");
  });

  it("lets explicit credentials beat an ambient bearer token", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "ambient-token" });
    const session = awsSession({ credentials: keys, endpoints: { bedrock: server.url } });
    expect(await list(session)).toContain("Credential=AKIAEXPLICIT/");
  });

  it("lets an explicit profile beat an ambient bearer token", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "ambient-token" });
    writeShared({ credentials: "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = abc\n" });
    const session = awsSession({ profile: "work", endpoints: { bedrock: server.url } });
    expect(await list(session)).toContain("Credential=AKIAWORK/");
  });

  it.each(["", "   "])("takes a blank ambient bearer token %j for none", async (blank) => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: blank, AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc" });
    expect(await list(awsSession({ endpoints: { bedrock: server.url } }))).toContain("Credential=AKIAENV/");
  });

  it("goes where AWS_ENDPOINT_URL_BEDROCK_RUNTIME says, before AWS_ENDPOINT_URL", async () => {
    setEnv({ AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_ENDPOINT_URL_BEDROCK_RUNTIME: server.url });
    const session = awsSession({ credentials: keys });
    const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
    await client.send(new ConverseCommand({ modelId: "m", messages: [{ role: "user", content: [{ text: "hi" }] }] }));
    expect(server.seen.at(-1)?.url).toBe("/model/m/converse");
  });

  it("does not follow an endpoint variable that its own environment lacks", () => {
    setEnv({ AWS_ENDPOINT_URL: server.url });
    const config = awsSession({ credentials: keys, env: {} }).clientConfig("bedrock");
    expect(config.endpoint).toBeUndefined();
    expect(config.ignoreConfiguredEndpointUrls).toBe(true);
  });

  it("shares one kept-alive connection among clients and views, also after one is destroyed", async () => {
    const session = awsSession({ credentials: keys, endpoints: { bedrock: server.url } });
    for (const view of [session, session.in({ region: "eu-west-1" }), session]) await list(view);
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(1);
    session.close();
    await list(session);
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(2);
    session.close();
  });

  it("holds more than fifty requests at once, the SDK's own limit", async () => {
    const waiting: (() => void)[] = [];
    const slow = await localServer((request, response) => waiting.push(() => noModels(request, response)));
    const session = awsSession({ credentials: keys, endpoints: { bedrock: slow.url } });
    const client = new BedrockClient(session.clientConfig("bedrock"));
    const all = Array.from({ length: 60 }, () => client.send(new ListFoundationModelsCommand({})));
    await expect.poll(() => waiting.length, { timeout: 5000 }).toBe(60);
    for (const answer of waiting) answer();
    await Promise.all(all);
    session.close();
    await slow.close();
  });

  it("asks a credential provider once for a hundred requests of several clients and views", async () => {
    let asked = 0;
    const session = awsSession({
      credentials: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { ...keys, expiration: new Date(Date.now() + 3_600_000) };
      },
      endpoints: { bedrock: server.url },
    });
    const clients = [session, session.in({ region: "eu-west-1" })].map(
      (view) => new BedrockClient(view.clientConfig("bedrock")),
    );
    await Promise.all(
      Array.from({ length: 50 }, () =>
        clients.map((client) => client.send(new ListFoundationModelsCommand({}))),
      ).flat(),
    );
    expect(asked).toBe(1);
    session.close();
  });
});

describe("identity", () => {
  it("names the key and the source", async () => {
    expect(await awsSession({ credentials: keys }).identity()).toEqual({
      accessKeyId: "AKIAEXPLICIT",
      expiresAt: undefined,
      source: "option credentials",
    });
  });

  it("has no key id for a bearer token", async () => {
    const { accessKeyId, source } = await awsSession({ bearerToken: "t" }).identity();
    expect({ accessKeyId, source }).toEqual({ accessKeyId: undefined, source: "option bearerToken" });
  });

  it("notices changed shared files without a restart", async () => {
    writeShared({ credentials: "[default]\naws_access_key_id = AKIAOLD\naws_secret_access_key = abc\n" });
    const session = awsSession();
    expect((await session.identity()).accessKeyId).toBe("AKIAOLD");
    writeShared({ credentials: "[default]\naws_access_key_id = AKIANEWER\naws_secret_access_key = abc\n" });
    await expect.poll(async () => (await session.identity()).accessKeyId, { timeout: 3000 }).toBe("AKIANEWER");
  });
});

describe("views", () => {
  it("keep an explicit region over an ARN's, and an ARN's over the environment's", () => {
    setEnv({ AWS_REGION: "ap-south-1" });
    const session = awsSession({ credentials: keys });
    expect(session.in({ arnRegion: "eu-west-3" }).region).toEqual({ name: "eu-west-3", source: "the model's ARN" });
    expect(session.in({ arnRegion: "eu-west-3", region: "us-west-2" }).region.name).toBe("us-west-2");
    expect(session.in({ region: "us-west-2" }).in({ arnRegion: "eu-west-3" }).region.name).toBe("us-west-2");
    expect(awsSession({ credentials: keys, region: "us-east-2" }).in({ arnRegion: "eu-west-3" }).region.name).toBe(
      "us-east-2",
    );
    expect(session.region.name).toBe("ap-south-1");
  });

  it("take an endpoint for bedrock-runtime only", () => {
    const view = awsSession({ credentials: keys }).in({ endpoint: server.url });
    expect(view.clientConfig("bedrock-runtime").endpoint).toBe(server.url);
    expect(view.clientConfig("bedrock").endpoint).toBeUndefined();
  });
});
