import { randomBytes } from "node:crypto";
import { AuthFailure } from "./auth-failure.ts";
import { authRefusal } from "./auth-refusals.ts";
import type { Sessions } from "./sessions.ts";

/** An access key that the emulator knows, as an AWS credential. */
export interface EmulatorCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Whom the emulator lets in. */
export interface Identities {
  readonly credentials: readonly EmulatorCredentials[];
  readonly apiKeys: readonly string[];
  /** Temporary credentials. */
  readonly sessions: Sessions;
}

/** The credentials of an access key, lasting or temporary. Throws {@link AuthFailure} `expired` for those whose time is over. */
export function findCredentials(
  identities: Identities,
  accessKeyId: string,
  now: Date,
): EmulatorCredentials | undefined {
  const session = identities.sessions.find(accessKeyId);
  if (session && session.expiresAt <= now) throw new AuthFailure("expired", authRefusal("session-expired"));
  return session ?? identities.credentials.find((known) => known.accessKeyId === accessKeyId);
}

/** A random access key in the form of a real one. */
export function randomCredentials(prefix: "AKIA" | "ASIA" = "AKIA"): EmulatorCredentials {
  return { accessKeyId: `${prefix}${base32(16)}`, secretAccessKey: randomBytes(30).toString("base64") };
}

/** A random long-term API key of Bedrock in the form of a real one. */
export function randomApiKey(): string {
  return `ABSK${randomBytes(96).toString("base64")}`;
}

function base32(length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join("");
}
