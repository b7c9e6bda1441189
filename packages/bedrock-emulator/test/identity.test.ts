import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import {
  fromContainerMetadata,
  fromHttp,
  fromInstanceMetadata,
  fromSSO,
  fromTemporaryCredentials,
  fromTokenFile,
} from "@aws-sdk/credential-providers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { awsCli } from "./aws-cli.ts";

let emulator: Emulator;
let time = Date.now();
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ sessionSeconds: 3_600, clock: () => new Date(time) });
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});
afterEach(() => {
  vi.unstubAllEnvs();
  time = Date.now();
});

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

/** A call signed with temporary credentials that the client does not renew. */
async function list({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Promise<number> {
  const client = new BedrockClient({
    endpoint: emulator.url,
    region: emulator.region,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  });
  return (await client.send(new ListFoundationModelsCommand({}))).modelSummaries?.length ?? 0;
}

const clientConfig = () => ({ endpoint: emulator.url, region: emulator.region, maxAttempts: 1 });
const roleArn = () => `arn:aws:iam::${emulator.accountId}:role/team/reader`;

describe("the SDK's credential providers", () => {
  it("work against the instance metadata service, until the credentials are over", async () => {
    vi.stubEnv("AWS_EC2_METADATA_SERVICE_ENDPOINT", emulator.url);
    const found = await fromInstanceMetadata()();
    expect(found.accessKeyId).toMatch(/^ASIA/);
    expect(found.expiration?.getTime()).toBeGreaterThan(time + 3_500_000);
    expect(await list(found)).toBeGreaterThan(10);
    await expect(list({ ...found, sessionToken: "x" })).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    time += 3_601_000;
    await expect(list(found)).rejects.toMatchObject({
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
  });

  it("work against the container's credentials, by full URI with its token", async () => {
    for (const [name, value] of Object.entries(emulator.sources.container)) vi.stubEnv(name, value);
    expect(await list(await fromHttp()())).toBeGreaterThan(10);
    expect(await list(await fromContainerMetadata()())).toBeGreaterThan(10);
    vi.stubEnv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "wrong");
    await expect(fromHttp({ maxRetries: 0 })()).rejects.toThrow();
    const relative = await fetch(`${emulator.url}${emulator.sources.containerPath}`);
    expect(await relative.json()).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) });
    expect((await fetch(`${emulator.url}/v2/credentials/other`)).status).toBe(401);
  });

  it("assume a role through STS", async () => {
    const assume = (master: Credentials, arn: string, DurationSeconds = 900) =>
      fromTemporaryCredentials({
        masterCredentials: master,
        params: { RoleArn: arn, RoleSessionName: "tests", DurationSeconds },
        clientConfig: clientConfig(),
      })();
    const found = await assume(emulator.credentials, roleArn());
    expect(await list(found)).toBeGreaterThan(10);
    // Roles chain.
    expect(await list(await assume(found, roleArn()))).toBeGreaterThan(10);
    await expect(assume(emulator.credentials, "arn:aws:iam::999999999999:role/x")).rejects.toMatchObject({
      name: "AccessDenied",
    });
    await expect(assume(emulator.credentials, roleArn(), 60)).rejects.toThrow("'durationSeconds'");
    await expect(assume({ ...emulator.credentials, accessKeyId: "AKIAX" }, roleArn())).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
    time += 901_000;
    await expect(list(found)).rejects.toMatchObject({ name: "ExpiredTokenException" });
  });

  it("assume a role by a web identity", async () => {
    const file = join(folder, "token");
    const assume = (token: string) => {
      writeFileSync(file, token);
      return fromTokenFile({ webIdentityTokenFile: file, roleArn: roleArn(), clientConfig: clientConfig() })();
    };
    expect(await list(await assume(emulator.sources.webIdentityToken))).toBeGreaterThan(10);
    await expect(assume("nobody.gave.this")).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
    const claims = Buffer.from(JSON.stringify({ exp: 1_000 })).toString("base64url");
    const other = await startEmulator({ webIdentityTokens: [`e30.${claims}.x`] });
    writeFileSync(file, `e30.${claims}.x`);
    await expect(
      fromTokenFile({
        webIdentityTokenFile: file,
        roleArn: roleArn(),
        clientConfig: { ...clientConfig(), endpoint: other.url },
      })(),
    ).rejects.toMatchObject({ name: "ExpiredTokenException" });
    await other.close();
  });

  it("ask the SSO portal, which refuses a session that is over", async () => {
    const portal = (token: string, account = emulator.accountId) =>
      fetch(`${emulator.url}/federation/credentials?role_name=Reader&account_id=${account}`, {
        headers: { "x-amz-sso_bearer_token": token },
      });
    const { roleCredentials } = Object(await (await portal(emulator.sources.ssoToken)).json());
    expect(roleCredentials.expiration).toBeGreaterThan(time);
    expect(await list(roleCredentials)).toBeGreaterThan(10);
    expect((await portal("over")).status).toBe(401);
    expect((await portal(emulator.sources.ssoToken, "999999999999")).status).toBe(403);

    const home = mkdtempSync(join(folder, "home-"));
    const { createHash } = await import("node:crypto");
    const { mkdirSync } = await import("node:fs");
    const login = (accessToken: string) => {
      const cache = join(home, ".aws", "sso", "cache");
      mkdirSync(cache, { recursive: true });
      const name = createHash("sha1").update("https://start.example").digest("hex");
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      writeFileSync(join(cache, `${name}.json`), JSON.stringify({ accessToken, expiresAt }));
      return fromSSO({
        ssoStartUrl: "https://start.example",
        ssoAccountId: emulator.accountId,
        ssoRegion: emulator.region,
        ssoRoleName: "Reader",
        clientConfig: clientConfig(),
      })();
    };
    vi.stubEnv("HOME", home);
    expect(await list(await login(emulator.sources.ssoToken))).toBeGreaterThan(10);
    await expect(login("over")).rejects.toThrow("Session token not found or invalid");
  });
});

it("version 1 of the metadata service is not served, and tokens end", async () => {
  const credentials = `${emulator.url}/latest/meta-data/iam/security-credentials/`;
  expect((await fetch(credentials)).status).toBe(401);
  const put = (seconds: string) =>
    fetch(`${emulator.url}/latest/api/token`, {
      method: "PUT",
      headers: { "x-aws-ec2-metadata-token-ttl-seconds": seconds },
    });
  expect((await put("0")).status).toBe(400);
  const token = await (await put("10")).text();
  const get = () => fetch(credentials, { headers: { "x-aws-ec2-metadata-token": token } });
  expect(await (await get()).text()).toBe("emulator-role");
  time += 11_000;
  expect((await get()).status).toBe(401);
  expect(JSON.stringify(emulator.requests)).not.toContain(token);
});

describe.skipIf(!awsCli)("the AWS CLI", () => {
  const aws = async (env: Record<string, string>, ...args: string[]) =>
    JSON.parse(
      (
        await promisify(execFile)("aws", [...args, "--output", "json"], {
          env: { PATH: process.env["PATH"] ?? "", HOME: folder, ...env },
        })
      ).stdout,
    );

  it("says who calls, by key and by the instance's role", async () => {
    expect(await aws(emulator.env, "sts", "get-caller-identity")).toMatchObject({
      Account: emulator.accountId,
      Arn: `arn:aws:iam::${emulator.accountId}:user/emulator`,
    });
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = emulator.env;
    expect(await aws({ ...env, ...emulator.sources.instance }, "sts", "get-caller-identity")).toMatchObject({
      Arn: expect.stringContaining(":assumed-role/emulator-role/i-"),
    });
  }, 30_000);

  it("lists models and converses", async () => {
    const models = await aws(emulator.env, "bedrock", "list-foundation-models", "--by-provider", "amazon");
    expect(models.modelSummaries.length).toBeGreaterThan(3);
    const messages = JSON.stringify([{ role: "user", content: [{ text: 'Reply with exactly: "PONG"' }] }]);
    const answer = await aws(
      emulator.env,
      "bedrock-runtime",
      "converse",
      "--model-id",
      "amazon.nova-micro-v1:0",
      "--messages",
      messages,
    );
    expect(answer.output.message.content).toEqual([{ text: "PONG" }]);
  }, 30_000);
});
