import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { type LocalServer, localServer, noModels } from "../../test/local-server.ts";
import { awsSession } from "../session.ts";
import type { AwsSession } from "../types.ts";

cleanEnvironment();

/** Who the service does not take (any more), by a part of the authorization header. */
let refused: Map<string, readonly [status: number, type: string, message: string]>;
let server: LocalServer;
beforeEach(async () => {
  refused = new Map();
  server = await localServer(answer);
});
afterEach(() => server.close());

function answer(request: IncomingMessage, response: ServerResponse): void {
  for (const [part, [status, type, message]] of refused) {
    if (!request.headers.authorization?.includes(part)) continue;
    response.writeHead(status, { "x-amzn-errortype": type }).end(JSON.stringify({ message }));
    return;
  }
  noModels(request, response);
}

const EXPIRED = [403, "ExpiredTokenException", "The security token included in the request is expired"] as const;
const key = (accessKeyId: string) => ({ accessKeyId, secretAccessKey: "abc", sessionToken: "t" });
const list = (client: BedrockClient) => client.send(new ListFoundationModelsCommand({}));
const sent = (): string[] =>
  server.seen.map(
    ({ authorization = "" }) => /Credential=(\w+)|(Bearer .*)/u.exec(authorization)?.slice(1).join("") ?? "",
  );

function rotating(ids: readonly string[]): { readonly session: AwsSession; readonly asked: () => number } {
  let asked = 0;
  const credentials = async () => key(ids[Math.min(asked++, ids.length - 1)] ?? "");
  return { session: awsSession({ credentials, endpoints: { bedrock: server.url } }), asked: () => asked };
}

describe("after ExpiredToken", () => {
  it("resolves once anew and tries once more", async () => {
    refused.set("AKIAOLD", EXPIRED);
    const { session, asked } = rotating(["AKIAOLD", "AKIANEW"]);
    await list(new BedrockClient(session.clientConfig("bedrock")));
    expect(sent()).toEqual(["AKIAOLD", "AKIANEW"]);
    expect(asked()).toBe(2);
  });

  it("tries once more and no more", async () => {
    refused.set("AKIA", EXPIRED);
    const { session, asked } = rotating(["AKIA1", "AKIA2", "AKIA3", "AKIA4"]);
    const client = new BedrockClient({ ...session.clientConfig("bedrock"), maxAttempts: 8 });
    await expect(list(client)).rejects.toMatchObject({ name: "ExpiredTokenException" });
    expect(sent()).toEqual(["AKIA1", "AKIA2"]);
    expect(asked()).toBe(2);
  });

  it("sends nothing twice where the source has nothing newer, and leaves it in peace", async () => {
    refused.set("AKIASTALE", EXPIRED);
    const { session, asked } = rotating(["AKIASTALE"]);
    const client = new BedrockClient(session.clientConfig("bedrock"));
    for (let i = 0; i < 5; i++) await expect(list(client)).rejects.toMatchObject({ name: "ExpiredTokenException" });
    expect(sent()).toHaveLength(5);
    expect(asked()).toBe(2);
  });

  it("renews every client and view of the session by one resolution", async () => {
    const { session, asked } = rotating(["AKIAOLD", "AKIANEW"]);
    const clients = [session, session.in({ region: "eu-west-1" })].map(
      (view) => new BedrockClient(view.clientConfig("bedrock")),
    );
    await Promise.all(clients.map(list));
    refused.set("AKIAOLD", EXPIRED);
    await Promise.all(Array.from({ length: 20 }, () => clients.map(list)).flat());
    expect(asked()).toBe(2);
    const count = server.seen.length;
    await Promise.all(clients.map(list));
    expect(sent().slice(count)).toEqual(["AKIANEW", "AKIANEW"]);
  });

  it("takes rotated shared files, over a real profile", async () => {
    const file = (id: string): string => `[default]\naws_access_key_id = ${id}\naws_secret_access_key = abc\n`;
    writeShared({ credentials: file("AKIAOLD") });
    const session = awsSession({ endpoints: { bedrock: server.url } });
    const client = new BedrockClient(session.clientConfig("bedrock"));
    await list(client);
    writeShared({ credentials: file("AKIANEW") });
    refused.set("AKIAOLD", [
      403,
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ]);
    await list(client);
    expect(sent().at(-1)).toBe("AKIANEW");
  });

  it("says what to do where the fresh resolution fails", async () => {
    refused.set("AKIAOLD", EXPIRED);
    let asked = 0;
    const credentials = async () => {
      if (asked++ > 0) throw new Error("the session is over, sign in again");
      return key("AKIAOLD");
    };
    const session = awsSession({ credentials, endpoints: { bedrock: server.url } });
    await expect(list(new BedrockClient(session.clientConfig("bedrock")))).rejects.toMatchObject({
      name: "AwsAuthError",
      message: expect.stringContaining("sign in again"),
    });
  });

  it("does not renew for missing permissions or a wrong signature", async () => {
    const { session, asked } = rotating(["AKIA1", "AKIA2"]);
    const client = new BedrockClient(session.clientConfig("bedrock"));
    for (const [type, message] of [
      ["AccessDeniedException", "User: arn:aws:iam::1:user/u is not authorized to perform: bedrock:X with a token"],
      ["InvalidSignatureException", "The request signature we calculated does not match, check your token"],
    ] as const) {
      refused.set("AKIA1", [403, type, message]);
      await expect(list(client)).rejects.toMatchObject({ name: type });
    }
    expect(sent()).toEqual(["AKIA1", "AKIA1"]);
    expect(asked()).toBe(1);
  });

  it("works for bedrock-runtime too", async () => {
    refused.set("AKIAOLD", EXPIRED);
    let asked = 0;
    const credentials = async () => key(asked++ === 0 ? "AKIAOLD" : "AKIANEW");
    const session = awsSession({ credentials, endpoints: { "bedrock-runtime": server.url } });
    const client = new BedrockRuntimeClient(session.clientConfig("bedrock-runtime"));
    await client.send(new ConverseCommand({ modelId: "m", messages: [{ role: "user", content: [{ text: "hi" }] }] }));
    expect(sent()).toEqual(["AKIAOLD", "AKIANEW"]);
  });
});

describe("after a refused bearer token", () => {
  const REFUSED = [
    403,
    "AccessDeniedException",
    "Authentication failed: Please make sure your API Key is valid.",
  ] as const;

  it("takes the one that stands in the environment now, in the same call", async () => {
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "first-token" });
    const session = awsSession({ endpoints: { bedrock: server.url } });
    const client = new BedrockClient(session.clientConfig("bedrock"));
    await list(client);
    refused.set("first-token", REFUSED);
    setEnv({ AWS_BEARER_TOKEN_BEDROCK: "second-token" });
    await list(client);
    expect(sent()).toEqual(["Bearer first-token", "Bearer first-token", "Bearer second-token"]);
  });

  it("throws the service's own error where there is none, after one call", async () => {
    refused.set("only-token", [401, "UnauthorizedException", "no"]);
    const session = awsSession({ bearerToken: "only-token", endpoints: { bedrock: server.url } });
    await expect(list(new BedrockClient(session.clientConfig("bedrock")))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 401 },
    });
    expect(sent()).toHaveLength(1);
  });
});

it("one client follows its session from a bearer token to keys and back", async () => {
  setEnv({ AWS_BEARER_TOKEN_BEDROCK: "a-token", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "abc" });
  const session = awsSession({ endpoints: { bedrock: server.url } });
  const client = new BedrockClient(session.clientConfig("bedrock"));
  const last = async (): Promise<string | undefined> => {
    await list(client);
    return sent().at(-1);
  };
  expect(await last()).toBe("Bearer a-token");
  setEnv({ AWS_BEARER_TOKEN_BEDROCK: " " });
  await expect.poll(last, { timeout: 3000 }).toBe("AKIAENV");
  setEnv({ AWS_BEARER_TOKEN_BEDROCK: "b-token" });
  await expect.poll(last, { timeout: 3000 }).toBe("Bearer b-token");
});

it("picks up aws sso login without a restart and without a pause", async () => {
  const home = process.env["HOME"] ?? "";
  const portal = await localServer((_request, response) => {
    const expiration = Date.now() + 3_600_000;
    response.end(
      JSON.stringify({
        roleCredentials: { accessKeyId: "AKIASSO", secretAccessKey: "abc", sessionToken: "t", expiration },
      }),
    );
  });
  setEnv({ AWS_ENDPOINT_URL_SSO: portal.url });
  writeShared({
    config:
      "[profile corp]\nsso_session = c\nsso_account_id = 123456789012\nsso_role_name = R\n" +
      "[sso-session c]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
  });
  const session = awsSession({ profile: "corp" });
  await expect(session.identity()).rejects.toThrow("aws sso login --profile corp");
  const cache = join(home, ".aws", "sso", "cache");
  mkdirSync(cache, { recursive: true });
  // The name is the SHA-1 of the session's name, "c".
  writeFileSync(
    join(cache, "84a516841ba77a5b4648de2cd0dfcb30ea46dbb4.json"),
    JSON.stringify({ accessToken: "portal-token", expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
  );
  const began = Date.now();
  await expect
    .poll(async () => (await session.identity().catch(() => undefined))?.accessKeyId, { timeout: 4000 })
    .toBe("AKIASSO");
  expect(Date.now() - began).toBeLessThan(5000);
  await portal.close();
});
