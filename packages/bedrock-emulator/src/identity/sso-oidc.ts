import { randomBytes } from "node:crypto";
import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import { isJsonObject, type Json, parseJson, stringAt } from "../json.ts";
import type { EmulatorState } from "../state.ts";

/**
 * `POST /token` of SSO OIDC, for the grant `refresh_token`: gives an access token that the portal takes, and the next refresh
 * token. Any client is known (https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html).
 */
export function createToken(received: Received, reply: Reply, state: EmulatorState): void {
  const { ssoTokens, ssoRefreshTokens, lifetimeSeconds } = state.identity;
  const refuse = (type: string, error: string, description: string): void =>
    sendJson(reply, 400, { error, error_description: description }, { "x-amzn-ErrorType": type });
  const body = parsed(received.body);
  const missing = ["clientId", "clientSecret", "grantType"].find((name) => !stringAt(body, name));
  if (!isJsonObject(body) || missing !== undefined) {
    refuse("InvalidRequestException", "invalid_request", `Missing required parameter: ${missing ?? "body"}`);
    return;
  }
  if (stringAt(body, "grantType") !== "refresh_token") {
    refuse("UnsupportedGrantTypeException", "unsupported_grant_type", "The emulator has the grant refresh_token only");
    return;
  }
  if (!ssoRefreshTokens.delete(stringAt(body, "refreshToken") ?? "")) {
    refuse("InvalidGrantException", "invalid_grant", "Invalid refresh token provided");
    return;
  }
  const accessToken = randomBytes(48).toString("base64url");
  const refreshToken = randomBytes(48).toString("base64url");
  ssoTokens.add(accessToken);
  ssoRefreshTokens.add(refreshToken);
  sendJson(reply, 200, { accessToken, refreshToken, tokenType: "Bearer", expiresIn: lifetimeSeconds });
}

function parsed(bytes: Buffer): Json {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
