import { afterAll, beforeAll, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

async function token(body: object): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await fetch(`${emulator.url}/token`, { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const client = { clientId: "client", clientSecret: "secret", grantType: "refresh_token" };

it("an SSO session is refreshed once by each refresh token, and the portal takes the new one", async () => {
  const refreshToken = emulator.sources.ssoRefreshToken;
  const first = await token({ ...client, refreshToken });
  expect(first).toMatchObject({ status: 200, body: { tokenType: "Bearer", expiresIn: 3_600 } });
  const portal = await fetch(
    `${emulator.url}/federation/credentials?role_name=Developer&account_id=${emulator.accountId}`,
    { headers: { "x-amz-sso_bearer_token": first.body["accessToken"] ?? "" } },
  );
  expect(portal.status).toBe(200);
  expect((await token({ ...client, refreshToken: first.body["refreshToken"] })).status).toBe(200);
  expect(await token({ ...client, refreshToken })).toMatchObject({ status: 400, body: { error: "invalid_grant" } });
});

it("refuses other grants and requests that lack a parameter", async () => {
  expect((await token({ ...client, grantType: "authorization_code" })).body["error"]).toBe("unsupported_grant_type");
  expect((await token({})).body["error"]).toBe("invalid_request");
  const nothing = await fetch(`${emulator.url}/token`, { method: "POST", body: "{" });
  expect(nothing.status).toBe(400);
});

it("a container's relative URI gives credentials by its path alone", async () => {
  const answer = await fetch(`${emulator.url}${emulator.sources.containerPath}`);
  expect(await answer.json()).toMatchObject({ AccessKeyId: expect.any(String), Token: expect.any(String) });
  expect((await fetch(`${emulator.url}/v2/credentials/other`)).status).toBe(401);
});
