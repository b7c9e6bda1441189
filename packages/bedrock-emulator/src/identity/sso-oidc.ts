import { randomBytes } from "node:crypto";
import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import { isJsonObject, type Json, parseJson, stringAt } from "../json.ts";
import type { Refusal } from "../refusals/refusal-table.ts";
import type { EmulatorState } from "../state.ts";
import { type IdentityError, jsonIdentityError } from "./identity-error.ts";
import { identityRefusal } from "./identity-refusals.ts";

/**
 * `POST /token` of SSO OIDC, for the grant `refresh_token`: gives an access token that the portal takes, and the next refresh
 * token. Any client is known (https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html).
 */
export function createToken(received: Received, reply: Reply, state: EmulatorState): void {
  const { ssoTokens, ssoRefreshTokens, lifetimeSeconds } = state.identity;
  const body = parsed(received.body);
  const missing = ["clientId", "clientSecret", "grantType"].find((name) => !stringAt(body, name));
  if (!isJsonObject(body) || missing !== undefined)
    throw refused("InvalidRequestException", "invalid_request", identityRefusal("oidc-parameter", missing ?? "body"));
  if (stringAt(body, "grantType") !== "refresh_token")
    throw refused("UnsupportedGrantTypeException", "unsupported_grant_type", identityRefusal("oidc-grant"));
  if (!ssoRefreshTokens.delete(stringAt(body, "refreshToken") ?? ""))
    throw refused("InvalidGrantException", "invalid_grant", identityRefusal("oidc-refresh-token"));
  const accessToken = randomBytes(48).toString("base64url");
  const refreshToken = randomBytes(48).toString("base64url");
  ssoTokens.add(accessToken);
  ssoRefreshTokens.add(refreshToken);
  sendJson(reply, 200, { accessToken, refreshToken, tokenType: "Bearer", expiresIn: lifetimeSeconds });
}

function refused(type: string, error: string, refusal: Refusal): IdentityError {
  return jsonIdentityError(400, refusal, { error, error_description: refusal.message }, type);
}

function parsed(bytes: Buffer): Json {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
