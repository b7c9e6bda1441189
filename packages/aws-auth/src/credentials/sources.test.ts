import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import {
  CONTAINER_TOKEN,
  type CredentialServices,
  credentialServices,
  type Mode,
} from "../../test/credential-services.ts";
import { localServer } from "../../test/local-server.ts";
import { AwsAuthError, type AwsAuthErrorKind } from "../aws-auth-error.ts";
import { awsSession } from "../session.ts";
import type { AwsSession } from "../types.ts";

cleanEnvironment();

const HOUR_MS = 3_600_000;
const ROLE = "arn:aws:iam::123456789012:role/r";
let services: CredentialServices;
beforeEach(async () => {
  services = await credentialServices();
  setEnv({ AWS_REGION: "us-east-1", AWS_EC2_METADATA_DISABLED: "true" });
});
afterEach(async () => {
  vi.useRealTimers();
  await services.close();
});

const home = (name: string): string => join(process.env["HOME"] ?? "", name);
const write = (name: string, text: string): string => {
  writeFileSync(home(name), text);
  return home(name);
};

/** Signs in as `aws sso login` does: a token beside the shared files. */
function signIn(lifeMs: number): void {
  const folder = home(".aws/sso/cache");
  mkdirSync(folder, { recursive: true });
  const name = createHash("sha1").update("corp").digest("hex");
  const expiresAt = new Date(Date.now() + lifeMs).toISOString();
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ accessToken: "portal-token", expiresAt }));
}

/** A real process: it counts its runs and does what the file says. */
function credentialProcess(): void {
  write("mode", "ok");
  const script = write(
    "issue",
    `#!/bin/sh
cd "$(dirname "$0")"
echo run >> runs
case $(cat mode) in denied) exit 1;; slow) sleep 0.25;; esac
echo "{\\"Version\\":1,\\"AccessKeyId\\":\\"AKIA$(wc -l < runs | tr -d ' ')\\",\\"SecretAccessKey\\":\\"abc\\",\\"SessionToken\\":\\"t\\",\\"Expiration\\":\\"$(cat end)\\"}"
`,
  );
  chmodSync(script, 0o755);
  write("end", new Date(Date.now() + HOUR_MS).toISOString());
  writeShared({ config: `[profile work]\ncredential_process = ${script}\n` });
}

interface Source {
  /** Configures it; gives the session that uses it. */
  readonly use: () => AwsSession;
  /** Takes away what it needs. */
  readonly remove: () => void;
  /** Makes it behave; default: the services do. */
  readonly behave?: (mode: Mode) => void;
  readonly asked?: () => number;
  readonly errors: Readonly<Record<"missing" | "expired" | "denied", readonly [AwsAuthErrorKind, RegExp]>>;
}

const work = (): AwsSession => awsSession({ profile: "work" });
const absent = (): void => {
  services.mode = "absent";
};

const SOURCES: Readonly<Record<string, Source>> = {
  "assume-role with a source profile": {
    use: () => {
      setEnv({ AWS_ENDPOINT_URL_STS: services.url });
      writeShared({
        config: `[profile work]\nrole_arn = ${ROLE}\nsource_profile = base\n`,
        credentials: "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = abc\n",
      });
      return work();
    },
    remove: () => writeShared({ credentials: "" }),
    errors: {
      missing: ["no-credentials", /profile "work" \(assume-role\).*base/u],
      expired: ["expired-credentials", /profile "work"/u],
      denied: ["access-denied", /profile "work".*trust policy/u],
    },
  },
  "web identity": {
    use: () => {
      setEnv({
        AWS_ENDPOINT_URL_STS: services.url,
        AWS_ROLE_ARN: ROLE,
        AWS_WEB_IDENTITY_TOKEN_FILE: write("token", "jwt"),
      });
      return awsSession();
    },
    remove: () => rmSync(home("token")),
    errors: {
      missing: ["no-credentials", /AWS_WEB_IDENTITY_TOKEN_FILE.*token file/u],
      expired: ["expired-credentials", /AWS_WEB_IDENTITY_TOKEN_FILE/u],
      denied: ["access-denied", /AWS_WEB_IDENTITY_TOKEN_FILE.*trust policy/u],
    },
  },
  credential_process: {
    use: () => {
      credentialProcess();
      return work();
    },
    remove: () => rmSync(home("issue")),
    behave: (mode) => {
      write("mode", mode);
      write("end", new Date(Date.now() + (mode === "expired" ? -HOUR_MS : HOUR_MS)).toISOString());
    },
    asked: () => readFileSync(home("runs"), "utf8").trim().split("\n").length,
    errors: {
      missing: ["no-credentials", /credential process.*Run the command of credential_process/u],
      expired: ["expired-credentials", /profile "work"/u],
      denied: ["no-credentials", /credential process/u],
    },
  },
  "SSO with its token cache": {
    use: () => {
      setEnv({ AWS_ENDPOINT_URL_SSO: services.url });
      writeShared({
        config:
          "[profile work]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = R\n" +
          "[sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
      });
      signIn(24 * HOUR_MS);
      return work();
    },
    remove: () => rmSync(home(".aws/sso"), { recursive: true }),
    behave: (mode) => {
      if (mode === "expired") signIn(-HOUR_MS);
      services.mode = mode;
    },
    errors: {
      missing: ["expired-credentials", /aws sso login --profile work/u],
      expired: ["expired-credentials", /aws sso login --profile work/u],
      denied: ["access-denied", /profile "work" \(SSO\)/u],
    },
  },
  "the container endpoint with a token file": {
    use: () => {
      setEnv({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${services.url}/container`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: write("container-token", CONTAINER_TOKEN),
      });
      return awsSession();
    },
    remove: absent,
    errors: {
      missing: ["no-credentials", /AWS_CONTAINER_CREDENTIALS_FULL_URI/u],
      expired: ["expired-credentials", /AWS_CONTAINER_CREDENTIALS_FULL_URI/u],
      denied: ["no-credentials", /AWS_CONTAINER_CREDENTIALS_FULL_URI/u],
    },
  },
  IMDSv2: {
    use: () => {
      setEnv({ AWS_EC2_METADATA_DISABLED: "false", AWS_EC2_METADATA_SERVICE_ENDPOINT: services.url });
      return awsSession({ instanceMetadata: "allow" });
    },
    remove: absent,
    errors: {
      missing: ["no-credentials", /No AWS credentials were found/u],
      // The SDK goes on with what an instance had, as AWS asks for: see the test below.
      expired: ["expired-credentials", /./u],
      denied: ["no-credentials", /No AWS credentials were found/u],
    },
  },
};

async function failure(session: AwsSession): Promise<AwsAuthError> {
  const error = await session.identity().catch((thrown: unknown) => thrown);
  if (error instanceof AwsAuthError) return error;
  throw new Error(`it did not fail as it should: ${String(error)}`);
}

describe.each(Object.entries(SOURCES))("%s", (name, source) => {
  const behave = (mode: Mode): void => {
    if (source.behave) source.behave(mode);
    else services.mode = mode;
  };
  const asked = (): number => source.asked?.() ?? services.asked;

  it("ok", async () => {
    const { accessKeyId, expiresAt } = await source.use().identity();
    expect(accessKeyId).toBe("AKIA1");
    expect(Math.abs((expiresAt?.getTime() ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(10_000);
  });

  it.each(["missing", "expired", "denied"] as const)("%s: its own error, and recovery after it", async (state) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const session = source.use();
    if (state === "missing") source.remove();
    else behave(state);
    if (name === "IMDSv2" && state === "expired") {
      expect((await session.identity()).expiresAt?.getTime()).toBeGreaterThan(Date.now());
      return;
    }
    const error = await failure(session);
    const [kind, words] = source.errors[state];
    expect([error.kind, error.message]).toEqual([kind, expect.stringMatching(words)]);
    expect(error.message).not.toContain("\n");
    vi.setSystemTime(Date.now() + 11_000);
    source.use();
    behave("ok");
    expect((await session.identity()).accessKeyId).toMatch(/^AKIA\d+$/u);
  });

  it("refreshed five minutes before its end, once for all who ask", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const session = source.use();
    await session.identity();
    vi.setSystemTime(Date.now() + HOUR_MS - 299_000);
    behave("ok");
    const before = asked();
    const all = await Promise.all(Array.from({ length: 20 }, () => session.identity()));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set([`AKIA${before + 1}`]));
    expect(asked()).toBe(before + 1);
  });

  it("slow: asked once, and all wait for the same answer", async () => {
    const session = source.use();
    behave("slow");
    const all = await Promise.all(Array.from({ length: 50 }, () => session.identity()));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(["AKIA1"]));
    expect(asked()).toBe(1);
  });
});

describe("keys of the environment", () => {
  const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc", AWS_SESSION_TOKEN: "t" };
  const ending = (ms: number): Record<string, string> => ({
    ...keys,
    AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + ms).toISOString(),
  });

  it("ok, with their end", async () => {
    setEnv(ending(HOUR_MS));
    const { accessKeyId, expiresAt } = await awsSession().identity();
    expect(accessKeyId).toBe("AKIAENV");
    expect(expiresAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it("expired, then refreshed where they stand", async () => {
    setEnv(ending(-1000));
    const session = awsSession();
    const error = await failure(session);
    expect([error.kind, error.message]).toEqual(["expired-credentials", expect.stringContaining("AWS_ACCESS_KEY_ID")]);
    setEnv({ ...ending(HOUR_MS), AWS_ACCESS_KEY_ID: "AKIANEW" });
    await expect
      .poll(async () => (await session.identity().catch(() => undefined))?.accessKeyId, { timeout: 3000 })
      .toBe("AKIANEW");
  });

  it.each([
    [{}, "no-credentials", "AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY"],
    [{ AWS_ACCESS_KEY_ID: "AKIAENV" }, "invalid-config", "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"],
    [{ AWS_SECRET_ACCESS_KEY: "abc" }, "invalid-config", "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID"],
  ])("missing: %j, and recovery after it", async (variables: Record<string, string>, kind, words) => {
    setEnv(variables);
    const session = awsSession();
    const error = await failure(session);
    expect([error.kind, error.message]).toEqual([kind, expect.stringContaining(words)]);
    setEnv(keys);
    await expect
      .poll(async () => (await session.identity().catch(() => undefined))?.accessKeyId, { timeout: 3000 })
      .toBe("AKIAENV");
  });

  it("denied by the service: renewed once where they stand, and no more", async () => {
    await deniedThenRenewed(
      () => setEnv(keys),
      () => setEnv({ ...keys, AWS_ACCESS_KEY_ID: "AKIANEW" }),
      awsSession,
    );
  });
});

describe("keys of a static profile", () => {
  const profile = (id: string): string =>
    `[work]\naws_access_key_id = ${id}\naws_secret_access_key = abc\naws_session_token = t\n`;

  it("ok", async () => {
    writeShared({ credentials: profile("AKIAFILE") });
    expect(await work().identity()).toMatchObject({ accessKeyId: "AKIAFILE", expiresAt: undefined });
  });

  it.each([
    ["no such profile", "[other]\naws_access_key_id = A\naws_secret_access_key = b\n"],
    ["half a pair", "[work]\naws_access_key_id = AKIAFILE\n"],
  ])("missing, %s: its own error, and recovery after it", async (_, credentials) => {
    writeShared({ credentials });
    const session = work();
    const error = await failure(session);
    expect(error.message).toMatch(/profile "work".*aws configure --profile work/u);
    expect(error.message).not.toContain("\n");
    writeShared({ credentials: profile("AKIAFILE") });
    await expect
      .poll(async () => (await session.identity().catch(() => undefined))?.accessKeyId, { timeout: 3000 })
      .toBe("AKIAFILE");
  });

  it("refreshed when the file is written anew", async () => {
    writeShared({ credentials: profile("AKIAFILE") });
    const session = work();
    await session.identity();
    writeShared({ credentials: profile("AKIANEWFILE") });
    await expect.poll(async () => (await session.identity()).accessKeyId, { timeout: 3000 }).toBe("AKIANEWFILE");
  });

  it("expired at the service: renewed once where they stand, and no more", async () => {
    await deniedThenRenewed(
      () => writeShared({ credentials: profile("AKIAFILE") }),
      () => writeShared({ credentials: profile("AKIANEW") }),
      work,
    );
  });
});

/** A service that takes the new keys only: the call goes through with them, and with the old ones alone it is sent once. */
async function deniedThenRenewed(old: () => void, renew: () => void, open: () => AwsSession): Promise<void> {
  let renewing = false;
  const bedrock = await localServer((request, response) => {
    if (request.headers.authorization?.includes("AKIANEW/")) return void response.end('{"modelSummaries":[]}');
    if (renewing) renew();
    response.writeHead(403, { "x-amzn-errortype": "ExpiredTokenException" });
    response.end('{"message":"The security token included in the request is expired"}');
  });
  setEnv({ AWS_ENDPOINT_URL_BEDROCK: bedrock.url });
  old();
  const session = open();
  const list = () => new BedrockClient(session.clientConfig("bedrock")).send(new ListFoundationModelsCommand({}));
  await expect(list()).rejects.toMatchObject({ name: "ExpiredTokenException" });
  expect(bedrock.seen).toHaveLength(1);
  renewing = true;
  await expect.poll(() => list().then(() => "answered", String), { timeout: 4000, interval: 300 }).toBe("answered");
  session.close();
  await bedrock.close();
}
