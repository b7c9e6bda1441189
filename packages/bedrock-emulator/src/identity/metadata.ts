import { randomBytes } from "node:crypto";
import type { Session } from "../auth/sessions.ts";
import type { Received } from "../http/received.ts";
import type { Reply } from "../http/reply.ts";
import type { Route } from "../http/routes.ts";
import type { Refusal } from "../refusals/refusal-table.ts";
import type { EmulatorState } from "../state.ts";
import { IdentityError } from "./identity-error.ts";
import { identityRefusal } from "./identity-refusals.ts";

const maxTokenSeconds = 21_600;

/**
 * The instance metadata service, version 2 only: a token by `PUT`, then the role and its credentials
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html).
 */
export function metadata(received: Received, reply: Reply, state: EmulatorState, route: Route): void {
  const { metadataTokens, roleName, sessions, lifetimeSeconds } = state.identity;
  const now = state.clock().getTime();
  if (route.operation === "MetadataToken") {
    const seconds = Number(received.headers["x-aws-ec2-metadata-token-ttl-seconds"]);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > maxTokenSeconds) {
      throw plain(400, identityRefusal("metadata-token-seconds"));
    }
    const token = randomBytes(40).toString("base64url");
    metadataTokens.set(token, now + seconds * 1000);
    sendText(reply, 200, token, { "x-aws-ec2-metadata-token-ttl-seconds": String(seconds) });
    return;
  }
  const token = received.headers["x-aws-ec2-metadata-token"];
  if (typeof token !== "string" || (metadataTokens.get(token) ?? 0) <= now) {
    throw plain(401, identityRefusal("metadata-token"));
  }
  switch (route.operation) {
    case "MetadataRegion":
      sendText(reply, 200, state.regions[0] ?? "us-east-1");
      return;
    case "MetadataRoles":
      sendText(reply, 200, roleName);
      return;
    default:
      if (route.parameters[0] !== roleName) throw plain(404, identityRefusal("metadata-role"));
      sendText(
        reply,
        200,
        JSON.stringify(instanceCredentials(sessions.mint(roleName, "i-0e4d5a1c2b3f60718", lifetimeSeconds), now)),
      );
  }
}

function plain(status: number, refusal: Refusal): IdentityError {
  return new IdentityError(status, refusal, refusal.message, { "content-type": "text/plain" });
}

function instanceCredentials(session: Session, now: number): object {
  return {
    Code: "Success",
    LastUpdated: iso(new Date(now)),
    Type: "AWS-HMAC",
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    Token: session.sessionToken,
    Expiration: iso(session.expiresAt),
  };
}

/** ISO 8601 without fractions of a second. */
export function iso(date: Date): string {
  return date.toISOString().replace(/\.\d+/, "");
}

function sendText(reply: Reply, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  reply.begin(status, { "content-type": "text/plain", ...headers });
  reply.end(text);
}
