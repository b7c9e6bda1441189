import { createHash } from "node:crypto";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import type { HostEnv } from "../host-types.ts";

const sessions = new Map<string, AwsSession>();

/**
 * The session for an environment of the host; one for all hooks of the process, so that credentials, tokens and
 * connections are shared however often the host registers the plugin. Without `env` it is the process's environment.
 * @throws AwsAuthError of kind `invalid-config` for an environment that cannot be used.
 */
export function sessionFor(env?: HostEnv): AwsSession {
  const key = env ? fingerprint(env) : "process";
  const known = sessions.get(key);
  if (known) return known;
  const session = awsSession({ env });
  sessions.set(key, session);
  return session;
}

/** Tells environments apart by their AWS settings without keeping a secret. */
function fingerprint(env: HostEnv): string {
  const settings = Object.entries(env).filter(([name]) => name.startsWith("AWS_"));
  return createHash("sha256").update(JSON.stringify(settings.toSorted())).digest("hex");
}
