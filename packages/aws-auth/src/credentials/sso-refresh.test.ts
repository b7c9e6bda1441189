import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { cleanEnvironment, setEnv, writeShared } from "../../test/clean-environment.ts";
import { type LocalServer, localServer } from "../../test/local-server.ts";
import { type ProxyServer, proxyServer } from "../../test/tls-server.ts";
import { awsSession } from "../session.ts";
import type { AwsSession } from "../types.ts";

cleanEnvironment();

const HOUR_MS = 3_600_000;
/** What OIDC does with a refresh token. */
let grants: boolean;
let tokens: (string | undefined)[];
let services: LocalServer;
/** The SDK tries to refresh a session of one name twice a minute at most, in the whole process. */
let corp = 0;

beforeEach(async () => {
  for (const name of ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"]) {
    setEnv({ [name]: "", [name.toLowerCase()]: "" });
  }
  grants = true;
  tokens = [];
  corp += 1;
  services = await localServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url === "/token") {
      const { refreshToken, grantType, clientId, clientSecret } = JSON.parse(body);
      const right =
        [refreshToken, grantType, clientId, clientSecret].join(" ") === "refresh-1 refresh_token id secret-of-client";
      if (grants && right) {
        return void response.end(
          JSON.stringify({ accessToken: "portal-2", expiresIn: 28_800, refreshToken: "refresh-2" }),
        );
      }
      response.writeHead(400, { "x-amzn-errortype": "InvalidGrantException" });
      return void response.end('{"error":"invalid_grant","error_description":"Invalid refresh token provided"}');
    }
    const token = request.headers["x-amz-sso_bearer_token"];
    tokens.push(typeof token === "string" ? token : undefined);
    const roleCredentials = {
      accessKeyId: "AKIA1",
      secretAccessKey: "abc",
      sessionToken: "t",
      expiration: Date.now() + HOUR_MS,
    };
    response.end(JSON.stringify({ roleCredentials }));
  });
  setEnv({
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_ENDPOINT_URL_SSO: services.url,
    AWS_ENDPOINT_URL_SSO_OIDC: services.url,
  });
  writeShared({
    config:
      `[profile work]\nsso_session = corp${corp}\nsso_account_id = 123456789012\nsso_role_name = R\n` +
      `[sso-session corp${corp}]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n`,
  });
});
afterEach(() => services.close());

function tokenFile(): string {
  const folder = join(process.env["HOME"] ?? "", ".aws/sso/cache");
  mkdirSync(folder, { recursive: true });
  return join(folder, `${createHash("sha1").update(`corp${corp}`).digest("hex")}.json`);
}

/** What `aws sso login` leaves behind, ending in the given time. */
function signedIn(lifeMs: number): AwsSession {
  const client = { clientId: "id", clientSecret: "secret-of-client", refreshToken: "refresh-1" };
  const expiresAt = new Date(Date.now() + lifeMs).toISOString();
  writeFileSync(tokenFile(), JSON.stringify({ accessToken: "portal-1", expiresAt, ...client }));
  return awsSession({ profile: "work" });
}

it.each([
  ["over", -HOUR_MS],
  ["nearly over", 60_000],
])("a token that is %s is refreshed through OIDC, used and kept for others", async (_, life) => {
  const session = signedIn(life);
  const all = await Promise.all(Array.from({ length: 20 }, () => session.identity()));
  expect(all[0]?.accessKeyId).toBe("AKIA1");
  expect(tokens).toEqual(["portal-2"]);
  expect(services.seen.filter(({ url }) => url === "/token")).toHaveLength(1);
  expect(JSON.parse(readFileSync(tokenFile(), "utf8"))).toMatchObject({
    accessToken: "portal-2",
    refreshToken: "refresh-2",
  });
  session.close();
});

it("a token that lives is used as it is", async () => {
  await signedIn(HOUR_MS).identity();
  expect(tokens).toEqual(["portal-1"]);
  expect(services.seen).toHaveLength(1);
});

it("a refresh that is denied names the command that signs in, and signing in helps at once", async () => {
  grants = false;
  const session = signedIn(-HOUR_MS);
  const error = await session.identity().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    kind: "expired-credentials",
    message: expect.stringContaining("aws sso login --profile work"),
  });
  expect(String(error)).not.toMatch(/refresh-1|secret-of-client/u);
  signedIn(HOUR_MS);
  await expect
    .poll(async () => (await session.identity().catch(() => undefined))?.accessKeyId, { timeout: 3000 })
    .toBe("AKIA1");
});

it("a refresh that is denied while the token still lives costs nothing", async () => {
  grants = false;
  expect((await signedIn(60_000).identity()).accessKeyId).toBe("AKIA1");
  expect(tokens).toEqual(["portal-1"]);
});

it("the refresh goes through the session's proxy", async () => {
  const proxy: ProxyServer = await proxyServer({ ports: {} });
  setEnv({ HTTP_PROXY: proxy.url });
  await signedIn(-HOUR_MS)
    .identity()
    .catch(() => {});
  expect(proxy.asked[0]).toBe(`POST ${services.url}/token`);
  await proxy.close();
});
