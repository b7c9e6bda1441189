import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../test/clean-environment.ts";
import { holdStream } from "../test/held-stream.ts";
import { type LocalServer, localServer } from "../test/local-server.ts";
import { awsSession } from "./session.ts";
import type { AwsSession } from "./types.ts";

cleanEnvironment();

const credentials = { accessKeyId: "AKIAEXPLICIT", secretAccessKey: "abc" };
const hello = { modelId: "m", messages: [{ role: "user" as const, content: [{ text: "hi" }] }] };

let server: LocalServer;
let session: AwsSession;
beforeEach(async () => {
  server = await localServer((request, response) => {
    // A stream is begun and then held, as by a model that thinks.
    if (!request.url?.endsWith("/converse-stream")) return void response.end("{}");
    holdStream(response);
  });
  setEnv({ AWS_ENDPOINT_URL: server.url });
});
afterEach(async () => {
  session.close();
  await server.close();
});

async function authorization(client: BedrockClient): Promise<string> {
  await client.send(new ListFoundationModelsCommand({}));
  return server.seen.at(-1)?.authorization ?? "";
}

describe("traps of the AWS SDK", () => {
  it.each(["", " ", "\t\n"])("a blank AWS_BEARER_TOKEN_BEDROCK (%j) does not select bearer", async (blank) => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: blank, AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc" });
    session = awsSession();
    expect(await authorization(new BedrockClient(session.clientConfig("bedrock")))).toContain("Credential=AKIAENV/");
  });

  it("the raw SDK does fall into it (so the test above can fail)", async () => {
    session = awsSession();
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: " ", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc" });
    const sent = await authorization(new BedrockClient({ region: "us-east-1" })).catch(() => "failed");
    expect(sent).not.toContain("Credential=AKIAENV/");
  });

  it("AWS_BEARER_TOKEN_BEDROCK does not override explicit credentials", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "ambient-token" });
    session = awsSession({ credentials });
    expect(await authorization(new BedrockClient(session.clientConfig("bedrock")))).toContain(
      "Credential=AKIAEXPLICIT/",
    );
    const raw = new BedrockClient({ region: "us-east-1", credentials });
    expect(await authorization(raw)).toBe("Bearer ambient-token");
  });

  it("AWS_BEARER_TOKEN_BEDROCK does not override an explicit profile", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "ambient-token" });
    writeShared({ credentials: "[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = abc\n" });
    session = awsSession({ profile: "work" });
    expect(await authorization(new BedrockClient(session.clientConfig("bedrock")))).toContain("Credential=AKIAWORK/");
  });

  it("auth_scheme_preference of the environment does not override the session's", async () => {
    setEnv({ AWS_AUTH_SCHEME_PREFERENCE: "httpBearerAuth" });
    session = awsSession({ credentials });
    expect(await authorization(new BedrockClient(session.clientConfig("bedrock")))).toContain(
      "Credential=AKIAEXPLICIT/",
    );
  });

  it.each([60, 500])("of %i held streams none waits, and one more call starts", async (count) => {
    session = awsSession({ credentials });
    const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
    const held = await Promise.all(Array.from({ length: count }, () => client.send(new ConverseStreamCommand(hello))));
    expect(held).toHaveLength(count);
    expect(new Set(server.seen.map(({ port }) => port)).size).toBe(count);
    const began = performance.now();
    await client.send(new ConverseCommand(hello));
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
