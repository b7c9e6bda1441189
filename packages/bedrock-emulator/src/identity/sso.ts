import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import type { Refusal } from "../refusals/refusal-table.ts";
import type { EmulatorState } from "../state.ts";
import { type IdentityError, jsonIdentityError } from "./identity-error.ts";
import { identityRefusal } from "./identity-refusals.ts";

/**
 * `GET /federation/credentials` of the SSO portal; a session that is over is refused as one that is not known
 * (https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html).
 */
export function roleCredentials(received: Received, reply: Reply, state: EmulatorState): void {
  const { ssoTokens, sessions, lifetimeSeconds } = state.identity;
  const token = received.headers["x-amz-sso_bearer_token"];
  const role = received.query.get("role_name");
  const account = received.query.get("account_id");
  if (!role || !account) throw refused(400, "InvalidRequestException", identityRefusal("sso-parameters"));
  if (typeof token !== "string" || !ssoTokens.has(token))
    throw refused(401, "UnauthorizedException", identityRefusal("sso-session"));
  if (account !== state.accountId) throw refused(403, "ForbiddenException", identityRefusal("sso-account"));
  const session = sessions.mint(`AWSReservedSSO_${role}`, "emulator", lifetimeSeconds);
  sendJson(reply, 200, {
    roleCredentials: {
      accessKeyId: session.accessKeyId,
      secretAccessKey: session.secretAccessKey,
      sessionToken: session.sessionToken,
      expiration: session.expiresAt.getTime(),
    },
  });
}

function refused(status: number, type: string, refusal: Refusal): IdentityError {
  return jsonIdentityError(status, refusal, { message: refusal.message }, type);
}
