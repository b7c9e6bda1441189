import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../test/clean-environment.ts";
import { AwsAuthError } from "./aws-auth-error.ts";
import { awsSession } from "./session.ts";

cleanEnvironment();

const keys = { accessKeyId: "AKIA", secretAccessKey: "abc" };

/** The error of a call as a plain record. */
async function failure(run: () => unknown): Promise<{ kind: string; message: string }> {
  try {
    await run();
  } catch (error) {
    if (error instanceof AwsAuthError) return { kind: error.kind, message: error.message };
    throw error;
  }
  throw new Error("it did not fail");
}

describe("errors name the thing, the problem and the fix in one line", () => {
  it("no credentials at all", async () => {
    setEnv({ AWS_EC2_METADATA_DISABLED: "true" });
    const { kind, message } = await failure(() => awsSession().identity());
    expect(kind).toBe("no-credentials");
    for (const word of ["AWS_BEARER_TOKEN_BEDROCK", "AWS_ACCESS_KEY_ID", "aws configure", "aws sso login"]) {
      expect(message).toContain(word);
    }
    expect(message).not.toContain("\n");
  });

  it("the same through a real client", async () => {
    setEnv({ AWS_EC2_METADATA_DISABLED: "true" });
    const client = new BedrockClient(awsSession().clientConfig("bedrock"));
    expect((await failure(() => client.send(new ListFoundationModelsCommand({})))).kind).toBe("no-credentials");
  });

  it.each([
    [{ AWS_ACCESS_KEY_ID: "AKIA" }, "AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY"],
    [{ AWS_SECRET_ACCESS_KEY: "abc" }, "AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID"],
    [{ AWS_PROFILE: "gone" }, 'profile "gone" is in neither shared file'],
  ])("names what was half there: %j", async (env, words) => {
    setEnv({ AWS_EC2_METADATA_DISABLED: "true", ...env });
    const { kind, message } = await failure(() => awsSession().identity());
    expect(kind).toBe("invalid-config");
    expect(message).toContain(words);
  });

  it("half a key pair as an option", async () => {
    const { kind, message } = await failure(() =>
      awsSession({ credentials: { accessKeyId: "A", secretAccessKey: "" } }),
    );
    expect(kind).toBe("invalid-config");
    expect(message).toContain("has no secretAccessKey");
  });

  it("half a key pair in the option's profile", async () => {
    writeShared({ credentials: "[half]\naws_access_key_id = AKIA\n" });
    const { kind, message } = await failure(() => awsSession({ profile: "half" }).identity());
    expect(kind).toBe("invalid-config");
    expect(message).toContain("without aws_secret_access_key");
  });

  it.each([
    ["a profile option", { profile: "work" }, {}],
    ["AWS_PROFILE", {}, { AWS_PROFILE: "work" }],
    ["nothing else", {}, {}],
  ])("a shared file that cannot be read, with %s", async (_, options, env) => {
    const path = join(process.env["HOME"] ?? "", ".aws", "config");
    // A folder cannot be read as a file by anybody, root included.
    mkdirSync(path, { recursive: true });
    setEnv({ AWS_EC2_METADATA_DISABLED: "true", ...env });
    const { kind, message } = await failure(() => awsSession(options).identity());
    expect(kind).toBe("invalid-config");
    expect(message).toContain(`${path} (EISDIR) cannot be read`);
  });

  it("a profile option that is in no file", async () => {
    const { kind, message } = await failure(() => awsSession({ profile: "missing" }).identity());
    expect(kind).toBe("invalid-config");
    expect(message).toMatch(/"missing" is in neither shared file .*aws configure --profile missing/u);
  });

  it("an SSO session that is not there", async () => {
    writeShared({
      config:
        "[profile corp]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = R\n" +
        "[sso-session c]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
    });
    const { kind, message } = await failure(() => awsSession({ profile: "corp" }).identity());
    expect(kind).toBe("expired-credentials");
    expect(message).toContain("aws sso login --profile corp");
  });

  it("credentials past their end", async () => {
    const credentials = async () => ({ ...keys, expiration: new Date(Date.now() - 1000) });
    expect((await failure(() => awsSession({ credentials }).identity())).kind).toBe("expired-credentials");
  });

  it("a credential process that fails, without what it printed", async () => {
    writeShared({
      config: "[profile p]\ncredential_process = sh -c 'echo aws_secret_access_key=topsecretvalue >&2; exit 3'\n",
    });
    const { message } = await failure(() => awsSession({ profile: "p" }).identity());
    expect(message).toContain('profile "p"');
    expect(message).not.toContain("topsecretvalue");
  });

  it.each(["us east 1", "US-EAST-1", "useast1", "http://us-east-1"])("region %j", async (region) => {
    const { kind, message } = await failure(() => awsSession({ region, credentials: keys }));
    expect(kind).toBe("invalid-config");
    expect(message).toContain(region);
  });

  it("a region variable that is no region, when it is needed", async () => {
    setEnv({ AWS_REGION: "nowhere" });
    const session = awsSession({ credentials: keys });
    expect((await failure(() => session.region)).message).toContain("AWS_REGION");
    expect(`${session}`).toBe("AwsSession(invalid region, option credentials)");
  });

  it.each(["localhost:8080", "ftp://host", "https://user:hunter22@host", "https://host/?x=1", "nonsense"])(
    "endpoint %j",
    async (url) => {
      const { kind, message } = await failure(() => awsSession({ credentials: keys, endpoints: { bedrock: url } }));
      expect(kind).toBe("invalid-config");
      expect(message).not.toContain("hunter22");
    },
  );

  it("an environment with other credentials than the process's", async () => {
    setEnv({ AWS_PROFILE: "mine" });
    const env = { AWS_PROFILE: "theirs", AWS_REGION: "eu-west-1" };
    const { kind, message } = await failure(() => awsSession({ env }));
    expect(kind).toBe("invalid-config");
    expect(message).toContain("AWS_PROFILE");
    expect(awsSession({ env, credentials: keys }).region.name).toBe("eu-west-1");
    expect(awsSession({ env: { ...env, AWS_PROFILE: "mine" } }).region.name).toBe("eu-west-1");
  });
});
