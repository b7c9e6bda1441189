import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import type { Route } from "../http/routes.ts";
import type { EmulatorState } from "../state.ts";
import { containerCredentials } from "./container.ts";
import { metadata } from "./metadata.ts";
import { roleCredentials } from "./sso.ts";
import { createToken } from "./sso-oidc.ts";
import { sts } from "./sts.ts";

/** Runs an operation of the services that give credentials out; each knows its callers in its own way. */
export async function runIdentityOperation(
  received: Received,
  reply: Reply,
  state: EmulatorState,
  route: Route,
): Promise<void> {
  if (route.operation === "STS") await sts(received, reply, state);
  else if (route.operation === "CreateToken") createToken(received, reply, state);
  else if (route.operation === "GetRoleCredentials") roleCredentials(received, reply, state);
  else if (route.operation === "ContainerCredentials") containerCredentials(received, reply, state, route);
  else metadata(received, reply, state, route);
}
