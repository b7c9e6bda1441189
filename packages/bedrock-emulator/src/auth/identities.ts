import { randomBytes } from "node:crypto";

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
}

/** A random access key in the form of a real one. */
export function randomCredentials(): EmulatorCredentials {
  return { accessKeyId: `AKIA${base32(16)}`, secretAccessKey: randomBytes(30).toString("base64") };
}

/** A random long-term API key of Bedrock in the form of a real one. */
export function randomApiKey(): string {
  return `ABSK${randomBytes(96).toString("base64")}`;
}

function base32(length: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  return Array.from(randomBytes(length), (byte) => alphabet[byte % 32]).join("");
}
