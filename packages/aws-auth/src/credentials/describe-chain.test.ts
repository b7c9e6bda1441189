import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { type LocalServer, localServer } from "../../test/local-server.ts";
import { awsSession } from "../session.ts";
import type { CredentialDescription } from "../types.ts";

cleanEnvironment();

const END = new Date(Date.now() + 3_600_000).toISOString();
const issued = (accessKeyId: string): string =>
  JSON.stringify({ AccessKeyId: accessKeyId, SecretAccessKey: "abc", Token: "t", SessionToken: "t", Expiration: END });

/** One server plays STS, the container endpoint and the instance metadata service; the key id tells who answered. */
let server: LocalServer;
let role = true;
beforeAll(async () => {
  server = await localServer((request, response) => {
    const { url = "" } = request;
    if (url === "/container") response.end(issued("AKIACONTAINER"));
    else if (url.includes("/api/token")) response.end("imds-token");
    else if (url.endsWith("/security-credentials/")) response.writeHead(role ? 200 : 404).end("instance-role");
    else if (url.endsWith("/instance-role")) {
      response.end(JSON.stringify({ ...JSON.parse(issued("AKIAINSTANCE")), Code: "Success", Type: "AWS-HMAC" }));
    } else {
      response.setHeader("content-type", "text/xml");
      response.end(
        `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>AKIAWEB</AccessKeyId>
          <SecretAccessKey>abc</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${END}</Expiration>
          </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      );
    }
  });
});
afterAll(() => server.close());
beforeEach(() => {
  role = true;
});

/** What one source of the matrix sets up. */
const SOURCES = {
  keys: () => setEnv({ AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc" }),
  half: () => setEnv({ AWS_ACCESS_KEY_ID: "AKIAHALF" }),
  AWS_PROFILE: () => setEnv({ AWS_PROFILE: "work" }),
  work: () => "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = abc\n",
  default: () => "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = abc\n",
  web: () => {
    const file = join(process.env["HOME"] ?? "", "token");
    writeFileSync(file, "jwt");
    setEnv({
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/web",
      AWS_ENDPOINT_URL_STS: server.url,
    });
  },
  container: () => setEnv({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/container` }),
} as const;
type Source = keyof typeof SOURCES;

const NAMES = Object.keys(SOURCES).filter((name): name is Source => name in SOURCES);
const COMBINATIONS = Array.from({ length: 2 ** NAMES.length }, (_, bits) => NAMES.filter((_, at) => bits & (1 << at)))
  // Half a pair is a case of its own only without the whole one.
  .filter((set) => !(set.includes("keys") && set.includes("half")));

/** The announced source as the key id it would give. */
function announced({ kind, source }: CredentialDescription): string | undefined {
  if (kind === "profile") return source.startsWith('profile "work"') ? "AKIAWORK" : "AKIADEFAULT";
  const ids: Partial<Record<CredentialDescription["kind"], string>> = {
    env: "AKIAENV",
    "web-identity": "AKIAWEB",
    container: "AKIACONTAINER",
    "instance-metadata": "AKIAINSTANCE",
  };
  return ids[kind];
}

describe("what describe() announces is what the AWS SDK's chain uses", () => {
  it.each(COMBINATIONS.map((set) => [set.join(" + ") || "nothing", set] as const))("with %s", async (_, set) => {
    setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url });
    const files = set.map((name) => SOURCES[name]()).filter((text) => typeof text === "string");
    writeShared({ credentials: files.join("") });
    const session = awsSession({ region: "us-east-1", instanceMetadata: "allow" });
    const before = server.seen.length;
    const description = session.describe();
    expect(server.seen.length).toBe(before);
    const { accessKeyId, source } = await session.identity();
    expect(accessKeyId).toBe(announced(description));
    expect(source).toBe(description.source);
    if (set.includes("keys") && set.includes("AWS_PROFILE")) expect(description.why).toContain("are not used");
  });

  it.each([
    ["assume-role", "role_arn = arn:aws:iam::123456789012:role/r\nsource_profile = default"],
    ["credential process", "credential_process = get-credentials"],
    ["SSO", "sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = r"],
    ["web identity", "role_arn = arn:aws:iam::123456789012:role/r\nweb_identity_token_file = /tmp/token"],
    ["login session", "login_session = arn:aws:iam::123456789012:user/u"],
  ])("names a profile by %s", (kind, settings) => {
    writeShared({ config: `[profile work]\n${settings}\n` });
    expect(awsSession({ profile: "work" }).describe()).toMatchObject({
      kind: "profile",
      source: `profile "work" (${kind})`,
    });
  });

  it("resolves a credential process", async () => {
    writeShared({
      config: `[default]\ncredential_process = echo '${issued("AKIAPROCESS").replace("{", '{"Version":1,')}'\n`,
    });
    const { accessKeyId, expiresAt } = await awsSession().identity();
    expect({ accessKeyId, end: expiresAt?.toISOString() }).toEqual({ accessKeyId: "AKIAPROCESS", end: END });
  });

  it("is none where the instance metadata service is ruled out, and nothing is asked", async () => {
    setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url, AWS_EC2_METADATA_DISABLED: "true" });
    const before = server.seen.length;
    expect(awsSession().describe().kind).toBe("none");
    await expect(awsSession().identity()).rejects.toMatchObject({ kind: "no-credentials" });
    expect(server.seen.length).toBe(before);
  });

  it("asks an instance without a role once, however many requests there are", async () => {
    role = false;
    setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url });
    const session = awsSession({ region: "us-east-1", instanceMetadata: "allow" });
    const first = await session.identity().catch((error: unknown) => error);
    const asked = server.seen.length;
    const more = await Promise.allSettled(Array.from({ length: 50 }, () => session.identity()));
    expect(more.every(({ status }) => status === "rejected")).toBe(true);
    expect(server.seen.length).toBe(asked);
    expect(first).toMatchObject({ kind: "no-credentials" });
  });
});

describe("the instance metadata service", () => {
  const imds = (): void => setEnv({ AWS_EC2_METADATA_SERVICE_ENDPOINT: server.url });
  const asked = (): number => server.seen.filter(({ url }) => url.startsWith("/latest/")).length;

  it("is not asked by describe() and identity(), and by identity() when asked to", async () => {
    imds();
    const before = asked();
    const session = awsSession({ region: "us-east-1" });
    session.describe();
    await expect(session.identity()).rejects.toMatchObject({
      kind: "no-credentials",
      message: expect.stringContaining("instanceMetadata: true"),
    });
    expect(asked()).toBe(before);
    expect((await session.identity({ instanceMetadata: true })).accessKeyId).toBe("AKIAINSTANCE");
    expect(asked()).toBeGreaterThan(before);
    expect((await session.identity()).accessKeyId).toBe("AKIAINSTANCE");
  });

  it("is asked by a call, even just after identity() said that nothing is configured", async () => {
    imds();
    const session = awsSession({ region: "us-east-1" });
    await expect(session.identity()).rejects.toThrow("No AWS credentials are configured");
    expect((await session.bearerToken()).token).toMatch(/^bedrock-api-key-/u);
  });

  it("is not asked by identity() where a configured source fails and the chain would go on to it", async () => {
    imds();
    writeShared({ config: "[profile work]\ncredential_process = false\n" });
    setEnv({ AWS_PROFILE: "work" });
    const before = asked();
    await expect(awsSession({ region: "us-east-1" }).identity()).rejects.toThrow('profile "work"');
    expect(asked()).toBe(before);
  });

  it("is not asked at all by a session that says never", async () => {
    imds();
    const before = asked();
    const session = awsSession({ region: "us-east-1", instanceMetadata: "never" });
    await expect(session.bearerToken()).rejects.toMatchObject({ kind: "no-credentials" });
    await expect(session.identity({ instanceMetadata: true })).rejects.toMatchObject({ kind: "no-credentials" });
    expect(asked()).toBe(before);
  });

  it.each(COMBINATIONS.map((set) => [set.join(" + ") || "nothing", set] as const))(
    "left out changes nothing else, with %s",
    async (_, set) => {
      imds();
      const files = set.map((name) => SOURCES[name]()).filter((text) => typeof text === "string");
      writeShared({ credentials: files.join("") });
      const session = awsSession({ region: "us-east-1" });
      const description = session.describe();
      const { accessKeyId } = await session.identity().catch(() => ({ accessKeyId: undefined }));
      expect(accessKeyId).toBe(description.kind === "instance-metadata" ? undefined : announced(description));
    },
  );
});

describe("describe", () => {
  it("tells which explicit option wins over an ambient bearer token", () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "ambient" });
    const credentials = { accessKeyId: "A", secretAccessKey: "b" };
    expect(awsSession().describe()).toMatchObject({ kind: "bearer", source: "AWS_BEARER_TOKEN_BEDROCK" });
    expect(awsSession({ credentials }).describe()).toMatchObject({ kind: "explicit" });
    expect(awsSession({ credentials, bearerToken: "given" }).describe()).toMatchObject({
      source: "option bearerToken",
    });
    expect(awsSession({ credentials }).describe().why).toContain("AWS_BEARER_TOKEN_BEDROCK is set, but an option wins");
  });
});
