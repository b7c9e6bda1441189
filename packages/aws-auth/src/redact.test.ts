import { inspect } from "node:util";
import { getToken } from "@aws/bedrock-token-generator";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../test/clean-environment.ts";
import { localServer } from "../test/local-server.ts";
import { AwsAuthError } from "./aws-auth-error.ts";
import { diagnose } from "./doctor/diagnose.ts";
import { formatDiagnosis } from "./doctor/diagnosis.ts";
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
    ["proxy http://user:<secret>@proxy.example.com:3128 refused"],
    ["X-Amz-Security-Token: <secret>"],
    ["x-aws-ec2-metadata-token: <secret>"],
    ["refreshToken=<secret>"],
    ['"clientSecret":"<secret>"'],
    ["idToken: '<secret>'"],
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

  it("fuzzed errors of every source, of the service and of the doctor, in no printed form", async () => {
    const server = await localServer((_request, response) => {
      response.writeHead(403, { "x-amzn-errortype": "AccessDeniedException" }).end('{"message":"no"}');
    });
    await fc.assert(
      fc.asyncProperty(
        ...[secretText, secretText, fc.string()],
        fc.constantFrom("message", "name", "code", "stack", "cause", "property", "thrown text"),
        fc.constantFrom("plain", "json", "url", "header", "line"),
        async (secret, token, noise, place, form) => {
          setEnv({ AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token });
          const quoted = quote(form, secret, token);
          const told: unknown[] = [];
          const session = awsSession({
            endpoints: { bedrock: server.url, "bedrock-runtime": server.url, "bedrock-mantle": server.url },
            onFailure: (error) => told.push(error),
            credentials: async () => {
              throw thrown(place, `${noise} ${quoted} ${noise}`);
            },
          });
          const caught = async (run: () => Promise<unknown>): Promise<unknown> =>
            run().catch((error: unknown) => error);
          const client = new BedrockClient({ ...session.clientConfig("bedrock"), maxAttempts: 1 });
          const results = [
            await caught(() => session.identity()),
            await caught(() => session.bearerToken()),
            await caught(() => client.send(new ListFoundationModelsCommand({}))),
            await caught(() => session.clientConfig("bedrock").credentials()),
            await diagnose(session),
            formatDiagnosis(await diagnose(session, { probe: false })),
            session,
            session.clientConfig("bedrock"),
            ...told,
          ];
          const shown = results
            .map((result) => everywhere(result) + (result instanceof Error ? result.stack : ""))
            .join();
          expect(told).toHaveLength(1);
          expect(shown).not.toContain(secret);
          expect(shown).not.toContain(token);
          expect(shown).not.toContain(encodeURIComponent(secret));
          session.close();
        },
      ),
      { numRuns: 60 },
    );
    await server.close();
  });

  it("errors of a credential process that quotes its command line and writes secrets", async () => {
    writeShared({
      config: `[profile p]\ncredential_process = sh -c 'echo ${SECRET} >&2; exit 3' --password ${SECRET}\n`,
    });
    const error = await awsSession({ profile: "p" })
      .identity()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AwsAuthError);
    expect(everywhere(error)).not.toContain(SECRET);
  });
});

function quote(form: string, secret: string, token: string): string {
  const forms: Readonly<Record<string, string>> = {
    json: JSON.stringify({ SecretAccessKey: secret, SessionToken: token }),
    url: `https://x/?X-Amz-Security-Token=${encodeURIComponent(token)}&s=${encodeURIComponent(secret)}`,
    header: `x-amz-security-token: ${token}\nauthorization: Bearer ${secret}`,
    line: `aws_secret_access_key = ${secret}\naws_session_token = ${token}`,
  };
  return forms[form] ?? `<<${secret}|${token}>>`;
}

function thrown(place: string, text: string): unknown {
  if (place === "thrown text") return text;
  if (place === "message") return new Error(text);
  if (place === "cause") return new Error("failed", { cause: new Error(text) });
  return Object.assign(new Error("failed"), { [place]: text });
}
