import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { awsSession } from "../session.ts";
import type { AwsSession } from "../types.ts";

cleanEnvironment();

const MODEL = "amazon.nova-lite-v1:0";
const ACCOUNT = "123456789012";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
/** Of another account, whom the role does not trust. */
const FOREIGN_ROLE = "arn:aws:iam::210987654321:role/reader";

let emulator: Emulator;
let session: AwsSession | undefined;
/** The emulator's clock is ahead by this. */
let aheadMs: number;
beforeEach(async () => {
  aheadMs = 0;
  const clock = (): Date => new Date(Date.now() + aheadMs);
  emulator = await startEmulator({ accountId: ACCOUNT, clock, sessionSeconds: 60 });
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = emulator.env;
  setEnv(rest);
});
afterEach(async () => {
  session?.close();
  await emulator.close();
});

const home = (name: string): string => join(process.env["HOME"] ?? "", name);
function write(name: string, text: string): string {
  mkdirSync(join(home(name), ".."), { recursive: true });
  writeFileSync(home(name), text);
  return home(name);
}

function base(): string {
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  return `[base]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
}
const assuming = (role: string): string => `[profile work]\nrole_arn = ${role}\nsource_profile = base\n`;

function webIdentity(token: string, role = ROLE): AwsSession {
  setEnv({ AWS_ROLE_ARN: role, AWS_WEB_IDENTITY_TOKEN_FILE: write("token", token) });
  return awsSession();
}

function sso(accessToken: string, account = ACCOUNT): AwsSession {
  writeShared({
    config:
      `[profile work]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = Reader\n` +
      "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
  });
  const name = createHash("sha1").update("corp").digest("hex");
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  write(`.aws/sso/cache/${name}.json`, JSON.stringify({ accessToken, expiresAt }));
  return awsSession({ profile: "work" });
}

function container(uri: string, token: string): AwsSession {
  setEnv({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: write("container-token", token),
  });
  return awsSession();
}

interface Source {
  /** Each run makes credentials anew. */
  readonly use: () => AwsSession;
  /** Uses it with something that the service does not take; not where the service takes everybody. */
  readonly denied?: () => AwsSession;
  readonly refusal?: { readonly kind: string; readonly message: RegExp };
  /** What `describe()` calls it. */
  readonly source: string;
  /** Whether the emulator decides how long its credentials last. */
  readonly shortLived?: true;
}

const containerToken = (): string => emulator.sources.container["AWS_CONTAINER_AUTHORIZATION_TOKEN"] ?? "";

const SOURCES: Readonly<Record<string, Source>> = {
  "assume-role with a source profile": {
    use: () => {
      writeShared({ config: assuming(ROLE), credentials: base() });
      return awsSession({ profile: "work" });
    },
    denied: () => {
      writeShared({ config: assuming(FOREIGN_ROLE), credentials: base() });
      return awsSession({ profile: "work" });
    },
    refusal: { kind: "access-denied", message: /not authorized to perform.*trust policy/u },
    source: 'profile "work" (assume-role)',
  },
  "web identity": {
    use: () => webIdentity(emulator.sources.webIdentityToken),
    denied: () => webIdentity(emulator.sources.webIdentityToken, FOREIGN_ROLE),
    refusal: { kind: "access-denied", message: /AWS_WEB_IDENTITY_TOKEN_FILE.*trust policy/u },
    source: `role ${ROLE} by AWS_WEB_IDENTITY_TOKEN_FILE`,
  },
  "SSO with its token cache": {
    use: () => sso(emulator.sources.ssoToken),
    denied: () => sso(emulator.sources.ssoToken, "210987654321"),
    refusal: { kind: "access-denied", message: /sso_account_id and sso_role_name/u },
    source: 'profile "work" (SSO)',
    shortLived: true,
  },
  "the container endpoint with a token file": {
    use: () => container(emulator.sources.container["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "", containerToken()),
    denied: () => container(emulator.sources.container["AWS_CONTAINER_CREDENTIALS_FULL_URI"] ?? "", "another"),
    refusal: { kind: "no-credentials", message: /AWS_CONTAINER_CREDENTIALS_FULL_URI/u },
    source: "the container's credential endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)",
    shortLived: true,
  },
  "the path of a container's relative URI": {
    use: () => container(`${emulator.url}${emulator.sources.containerPath}`, "none"),
    denied: () => container(`${emulator.url}/v2/credentials/another`, "none"),
    refusal: { kind: "no-credentials", message: /AWS_CONTAINER_CREDENTIALS_FULL_URI/u },
    source: "the container's credential endpoint (AWS_CONTAINER_CREDENTIALS_FULL_URI)",
    shortLived: true,
  },
  IMDSv2: {
    use: () => {
      setEnv(emulator.sources.instance);
      return awsSession();
    },
    source: "the role of this EC2 instance, if it has one",
    shortLived: true,
  },
  credential_process: {
    use: () => {
      const { accessKeyId, secretAccessKey } = emulator.credentials;
      const record = { Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
      const script = write("issue", `#!/bin/sh\necho '${JSON.stringify(record)}'\n`);
      chmodSync(script, 0o755);
      writeShared({ config: `[profile work]\ncredential_process = ${script}\n` });
      return awsSession({ profile: "work" });
    },
    denied: () => {
      const script = write("issue", "#!/bin/sh\nexit 1\n");
      chmodSync(script, 0o755);
      writeShared({ config: `[profile work]\ncredential_process = ${script}\n` });
      return awsSession({ profile: "work" });
    },
    refusal: { kind: "no-credentials", message: /credential process/u },
    source: 'profile "work" (credential process)',
  },
};

async function converse(aws: AwsSession): Promise<string> {
  const client = new BedrockRuntimeClient(aws.clientConfig("bedrock-runtime"));
  const messages = [{ role: "user" as const, content: [{ text: "Say hello." }] }];
  const { stopReason = "" } = await client.send(new ConverseCommand({ modelId: MODEL, messages }));
  return stopReason;
}

async function mantle(aws: AwsSession): Promise<number> {
  const { token } = await aws.bearerToken();
  const headers = { authorization: `Bearer ${token}` };
  const response = await aws.fetch(`${aws.endpoint("bedrock-mantle")}/v1/models`, { headers });
  await response.body?.cancel();
  return response.status;
}

describe.each(Object.entries(SOURCES))("%s", (_, source) => {
  it("gives credentials that Converse and Mantle take, as described", async () => {
    session = source.use();
    expect(session.describe().source).toBe(source.source);
    expect(await converse(session)).toBe("end_turn");
    expect(await mantle(session)).toBe(200);
  });

  it.runIf(source.denied)("denied: its own error at the first call", async () => {
    session = source.denied?.() ?? source.use();
    await expect(converse(session)).rejects.toMatchObject({
      kind: source.refusal?.kind,
      message: expect.stringMatching(source.refusal?.message ?? ""),
    });
  });

  // The life of what STS gives is the caller's choice, and that of a process has none.
  it.runIf(source.shortLived)("that ended at the service is resolved anew within the call", async () => {
    session = source.use();
    expect(await converse(session)).toBe("end_turn");
    aheadMs = 120_000;
    expect(await converse(session)).toBe("end_turn");
    const statuses = emulator.requests.filter(({ operation }) => operation === "Converse").map(({ status }) => status);
    expect(statuses).toEqual([200, 403, 200]);
  });
});
