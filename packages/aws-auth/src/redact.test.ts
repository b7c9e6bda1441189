import { inspect } from "node:util";
import { getToken } from "@aws/bedrock-token-generator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv } from "../test/clean-environment.ts";
import { AwsAuthError } from "./aws-auth-error.ts";
import { redact } from "./redact.ts";
import { awsSession } from "./session.ts";

cleanEnvironment();

const SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYzzzzzzzzzzzz";
const secretText = fc.stringMatching(/^[A-Za-z0-9+/]{40}$/u);

describe("redact", () => {
  it.each([
    ["aws_secret_access_key = <secret>"],
    ["AWS_SECRET_ACCESS_KEY=<secret>"],
    ['{"secretAccessKey":"<secret>","x":1}'],
    ['"SessionToken": "<secret>"'],
    ["AWS_SESSION_TOKEN=<secret>"],
    ["aws_session_token=<secret>"],
    ["AWS_BEARER_TOKEN_BEDROCK=<secret>"],
    ["authorization: Bearer <secret>"],
    ["https://x/?X-Amz-Security-Token=<secret>&a=b"],
    ["accessToken: <secret>"],
    ["key bedrock-api-key-<secret> was refused"],
    ["ABSK<secret> is a long-term key"],
  ])("hides the secret of %s, whatever it is", (shape) => {
    fc.assert(
      fc.property(secretText, (secret) => {
        expect(redact(shape.replace("<secret>", secret))).not.toContain(secret);
      }),
    );
  });

  it("hides a known value wherever it stands", () => {
    fc.assert(
      fc.property(fc.string(), secretText, fc.string(), (before, secret, after) => {
        expect(redact(before + secret + after, [secret])).not.toContain(secret);
      }),
    );
  });

  it("leaves ordinary words, key ids and regions alone", () => {
    const text =
      'User: arn:aws:sts::123456789012:assumed-role/R/S (AKIAIOSFODNN7EXAMPLE) in "us-east-1": too many tokens';
    expect(redact(text)).toBe(text);
  });
});

describe("nothing printed holds a secret", () => {
  const everywhere = (value: unknown): string =>
    [JSON.stringify(value), inspect(value, { depth: 12, showHidden: true, getters: true }), `${value}`].join("\n");

  it("sessions, views, client configurations, credentials and tokens", async () => {
    const credentials = { accessKeyId: "AKIA", secretAccessKey: SECRET, sessionToken: `${SECRET}-session` };
    const signing = awsSession({ credentials });
    const config = signing.clientConfig("bedrock");
    const bearer = awsSession({ bearerToken: SECRET });
    const bearerConfig = bearer.clientConfig("bedrock-runtime");
    const minted = await signing.bearerToken();
    const shown = [
      signing,
      signing.in({ region: "eu-west-1" }),
      config,
      await config.credentials?.(),
      minted,
      await signing.identity(),
      bearer,
      bearerConfig,
      await bearerConfig.token?.(),
      await bearer.bearerToken(),
    ].map(everywhere);
    expect(shown.join("\n")).not.toContain(SECRET);
    expect(shown.join("\n")).not.toContain(minted.token);
    expect(shown[0]).toContain("us-east-1");
  });

  it("errors that quote the environment in any form", async () => {
    setEnv({ AWS_SESSION_TOKEN: SECRET });
    const session = awsSession({
      credentials: async () => {
        throw new Error(`I was given <<${SECRET}>> and did not like it`);
      },
    });
    const error = await session.identity().catch((thrown: unknown) => thrown);
    expect(everywhere(error)).toContain("did not like it");
    expect(everywhere(error)).not.toContain(SECRET);
  });

  it("errors, whatever a provider throws", async () => {
    const short = await getToken({ credentials: { accessKeyId: "AKIA", secretAccessKey: "x" }, region: "us-east-1" });
    await fc.assert(
      fc.asyncProperty(
        secretText,
        fc.constantFrom("secretAccessKey: ", "aws_session_token=", "Bearer ", `${short} `),
        fc.string(),
        async (secret, shape, noise) => {
          const session = awsSession({
            credentials: async () => {
              throw new Error(`${noise} ${shape}${secret} ${noise}`);
            },
          });
          const error = await session.identity().catch((thrown: unknown) => thrown);
          expect(error).toBeInstanceOf(AwsAuthError);
          expect(everywhere(error)).not.toContain(shape === `${short} ` ? short : secret);
        },
      ),
      { numRuns: 60 },
    );
  });
});
