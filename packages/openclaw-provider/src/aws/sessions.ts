import { createHash } from "node:crypto";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import type { HostEnv } from "../host-types.ts";

export interface SessionChoice {
  /** Without it, the process's environment. */
  readonly env?: HostEnv | undefined;
  /** A profile of the shared AWS files, before everything the environment says. */
  readonly profile?: string | undefined;
}

const sessions = new Map<string, AwsSession>();

/**
 * The session for an environment of the host and a profile; one for all hooks of the process, so that credentials, tokens
 * and connections are shared however often the host registers the plugin.
 * @throws AwsAuthError of kind `invalid-config` for an environment that cannot be used.
 */
export function sessionFor({ env, profile }: SessionChoice = {}): AwsSession {
  const key = JSON.stringify([env ? fingerprint(env) : "process", profile]);
  const known = sessions.get(key);
  if (known) return known;
  const session = awsSession({ env, profile });
  sessions.set(key, session);
  return session;
}

/** Closes every connection, so that a command can end; what is called after it connects anew. */
export function closeSessions(): void {
  for (const session of sessions.values()) session.close();
  sessions.clear();
}

/** Tells environments apart by their AWS settings without keeping a secret. */
function fingerprint(env: HostEnv): string {
  const settings = Object.entries(env).filter(([name]) => name.startsWith("AWS_"));
  return createHash("sha256").update(JSON.stringify(settings.toSorted())).digest("hex");
}
