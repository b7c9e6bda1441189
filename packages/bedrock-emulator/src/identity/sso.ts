import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import type { EmulatorState } from "../state.ts";

/**
 * `GET /federation/credentials` of the SSO portal; a session that is over is refused as one that is not known
 * (https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html).
 */
export function roleCredentials(received: Received, reply: Reply, state: EmulatorState): void {
  const { ssoTokens, sessions, lifetimeSeconds } = state.identity;
  const refuse = (status: number, type: string, message: string): void =>
    sendJson(reply, status, { message }, { "x-amzn-ErrorType": type });
  const token = received.headers["x-amz-sso_bearer_token"];
  const role = received.query.get("role_name");
  const account = received.query.get("account_id");
  if (!role || !account) {
    refuse(400, "InvalidRequestException", "role_name and account_id are required");
    return;
  }
  if (typeof token !== "string" || !ssoTokens.has(token)) {
    refuse(401, "UnauthorizedException", "Session token not found or invalid");
    return;
  }
  if (account !== state.accountId) {
    refuse(403, "ForbiddenException", "No access");
    return;
  }
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
