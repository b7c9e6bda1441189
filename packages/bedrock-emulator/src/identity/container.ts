import { sameText } from "../auth/sigv4.ts";
import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import type { Route } from "../http/routes.ts";
import type { EmulatorState } from "../state.ts";
import { jsonIdentityError } from "./identity-error.ts";
import { identityRefusal } from "./identity-refusals.ts";
import { iso } from "./metadata.ts";

/**
 * The credentials of a container: `/v2/credentials/{id}`, whose path is the secret, as of a relative URI; and `/v1/credentials`,
 * which wants the authorization token of a full URI
 * (https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
 */
export function containerCredentials(received: Received, reply: Reply, state: EmulatorState, route: Route): void {
  const { containerId, containerToken, sessions, lifetimeSeconds, roleName } = state.identity;
  const [id] = route.parameters;
  const known = id ? sameText(id, containerId) : sameText(received.headers.authorization ?? "", containerToken);
  if (!known) {
    const refusal = identityRefusal("container-token");
    throw jsonIdentityError(401, refusal, { code: "AccessDeniedException", message: refusal.message });
  }
  const session = sessions.mint(roleName, "container", lifetimeSeconds);
  sendJson(reply, 200, {
    RoleArn: `arn:aws:iam::${state.accountId}:role/${roleName}`,
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: iso(session.expiresAt),
  });
}
