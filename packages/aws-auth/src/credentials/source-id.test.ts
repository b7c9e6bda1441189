import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { describe, expect, it, vi } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { awsSession } from "../session.ts";
import type { AwsSessionOptions } from "../types.ts";
import { machineId } from "./machine-id.ts";

cleanEnvironment();

const id = (options: AwsSessionOptions = {}): string => awsSession(options).sourceId();
const SECRETS = ["shh-secret-key", "shh-session-token", "shh-bearer-token"];

const env = (accessKeyId: string) =>
  setEnv({ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: "shh-secret-key" });
const sso = (account: string, extra = "") =>
  writeShared({
    config: `[profile work]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = Reader\nregion = us-east-1\n${extra}
[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n`,
  });
const assuming = (role: string, base: string) =>
  writeShared({
    config: `[profile work]\nrole_arn = ${role}\nsource_profile = base\n`,
    credentials: `[base]\naws_access_key_id = ${base}\naws_secret_access_key = shh-secret-key\n`,
  });

const role = (arn: string) => setEnv({ AWS_ROLE_ARN: arn, AWS_WEB_IDENTITY_TOKEN_FILE: "/token" });
const container = (path: string) => setEnv({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path });
const command = (path: string) => writeShared({ config: `[profile work]\ncredential_process = ${path}\n` });
const nobody = (): void => {};
const unasked = async () => Promise.reject(new Error("asked"));
const work = { profile: "work" };

/** Ways to be somebody: how the world is, and the options. */
const sources: Readonly<Record<string, readonly [world: () => void, options?: AwsSessionOptions]>> = {
  "static keys": [nobody, { credentials: { accessKeyId: "AKIA1", secretAccessKey: "shh-secret-key" } }],
  "other static keys": [nobody, { credentials: { accessKeyId: "AKIA2", secretAccessKey: "shh-secret-key" } }],
  "a named provider": [nobody, { credentials: unasked, credentialsId: "fleet" }],
  "a provider named otherwise": [nobody, { credentials: unasked, credentialsId: "b" }],
  "a bearer token": [nobody, { bearerToken: "shh-bearer-token" }],
  "another bearer token": [nobody, { bearerToken: "shh-bearer-token-2" }],
  "keys of the environment": [() => env("AKIA1")],
  "other keys of the environment": [() => env("AKIA2")],
  "an SSO profile": [() => sso("111111111111"), work],
  "an SSO profile of another account": [() => sso("222222222222"), work],
  "a profile with a role": [() => assuming("arn:aws:iam::111111111111:role/r", "AKIA1"), work],
  "a profile with another role": [() => assuming("arn:aws:iam::222222222222:role/r", "AKIA1"), work],
  "a profile with a role by other keys": [() => assuming("arn:aws:iam::111111111111:role/r", "AKIA2"), work],
  "a process": [() => command("/bin/one"), work],
  "another process": [() => command("/bin/two"), work],
  "a web identity": [() => role("arn:aws:iam::111111111111:role/r")],
  "another web identity": [() => role("arn:aws:iam::222222222222:role/r")],
  "a container": [() => container("/v2/credentials/1")],
  "another container": [() => container("/v2/credentials/2")],
};

describe("sourceId", () => {
  it("tells every two sources apart, is the same when asked again, and holds no secret", async () => {
    const ids = new Map<string, string>();
    for (const [name, [world, options]] of Object.entries(sources)) {
      world();
      const first = id(options);
      expect(id(options), name).toBe(first);
      expect(first).not.toMatch(new RegExp(SECRETS.join("|"), "u"));
      ids.set(name, first);
      for (const key of Object.keys(process.env)) if (key.startsWith("AWS_")) vi.stubEnv(key, undefined);
    }
    expect(new Set(ids.values()).size).toBe(Object.keys(sources).length);
  });

  it("does not change with what is renewed, nor with settings that say nothing of who it is", () => {
    sso("111111111111");
    const before = id({ profile: "work" });
    sso("111111111111", "output = json\ncli_pager =\nx_security_token_expires = 2030-01-01T00:00:00Z\n");
    expect(id({ profile: "work" })).toBe(before);
    setEnv({ AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1/creds", AWS_CONTAINER_AUTHORIZATION_TOKEN: "one" });
    const container = id();
    setEnv({ AWS_CONTAINER_AUTHORIZATION_TOKEN: "two" });
    expect(id()).toBe(container);
  });

  it("is the same in views, and lasts for a function only as long as the function", () => {
    const credentials = async () => ({ accessKeyId: "ASIA", secretAccessKey: "shh-secret-key" });
    const session = awsSession({ credentials });
    expect(session.in({ region: "eu-west-1" }).sourceId()).toBe(session.sourceId());
    expect(id({ credentials })).toBe(session.sourceId());
    expect(id({ credentials: async () => credentials() })).not.toBe(session.sourceId());
  });

  it("ends with profiles that name each other", () => {
    const config = "[profile a]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = b\n";
    writeShared({ config: `${config}[profile b]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = a\n` });
    expect(id({ profile: "a" })).toMatch(/^profile:/u);
  });

  it("asks nobody", () => {
    setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:9" });
    expect(id()).toMatch(/^instance-metadata:/u);
  });
});

describe("machineId", () => {
  const of = (files: Record<string, string>) =>
    machineId((path) => {
      const text = files[path];
      if (text === undefined) throw new Error("ENOENT");
      return text;
    });
  const TAG = "/sys/devices/virtual/dmi/id/board_asset_tag";
  it("is the instance's id where one is told, else the system's", () => {
    const files = { [TAG]: "i-0abc\n", "/var/lib/cloud/data/instance-id": "i-1\n", "/etc/machine-id": "m\n" };
    expect(of(files)).toMatch(/^i-0abc\//u);
    expect(of({ ...files, [TAG]: "Not Specified" })).toMatch(/^i-1\//u);
    expect(of({ "/etc/machine-id": "m\n" })).toMatch(/^m\//u);
    expect(of({})).toMatch(/^\/./u);
  });
});

describe("accountId", () => {
  const ACCOUNT = "123456789012";
  async function at<T>(run: (emulator: Emulator) => Promise<T>): Promise<T> {
    const emulator = await startEmulator({ accountId: ACCOUNT });
    setEnv(emulator.env);
    try {
      return await run(emulator);
    } finally {
      await emulator.close();
    }
  }
  const identityCalls = ({ requests }: Emulator) => requests.length;

  it("is what STS answers, asked once for a key", () =>
    at(async (emulator) => {
      const session = awsSession();
      expect([await session.accountId(), await session.accountId()]).toEqual([ACCOUNT, ACCOUNT]);
      expect(identityCalls(emulator)).toBe(1);
      session.close();
    }));

  it("is what the source said, without a call", () =>
    at(async (emulator) => {
      setEnv({ AWS_ACCOUNT_ID: "999999999999" });
      const session = awsSession();
      expect(await session.accountId()).toBe("999999999999");
      expect(identityCalls(emulator)).toBe(0);
      session.close();
    }));

  it("is not told to keys that STS refuses, and the secret is not in the error", () =>
    at(async () => {
      setEnv({ AWS_SECRET_ACCESS_KEY: "shh-secret-key" });
      const session = awsSession();
      const error: Error = await session.accountId().then(
        () => new Error("told"),
        (thrown: Error) => thrown,
      );
      expect(error.name).toBe("AwsAuthError");
      expect(error.message).not.toContain("shh-secret-key");
      session.close();
    }));

  it("is not told by a bearer token", async () => {
    const session = awsSession({ bearerToken: "shh-bearer-token" });
    await expect(session.accountId()).rejects.toMatchObject({ kind: "invalid-config" });
  });
});
