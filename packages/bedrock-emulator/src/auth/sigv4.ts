import { createHash, timingSafeEqual } from "node:crypto";
import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import type { Received } from "../http/received.ts";
import { AuthFailure } from "./auth-failure.ts";
import { authRefusal } from "./auth-refusals.ts";
import type { EmulatorCredentials } from "./identities.ts";
import { Sha256 } from "./sha256.ts";

/** The scope part of a credential: `<key>/<date>/<region>/<service>/aws4_request`. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export interface SigV4Header extends CredentialScope {
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export function parseScope(credential: string): CredentialScope | undefined {
  const [accessKeyId, date, region, service, terminator] = credential.split("/");
  if (!accessKeyId || !date || !region || !service || terminator !== "aws4_request") return undefined;
  return { accessKeyId, date, region, service };
}

/** Reads an `AWS4-HMAC-SHA256 …` authorization header. Throws {@link AuthFailure} when a part is missing. */
export function parseSigV4Header(authorization: string): SigV4Header {
  const parts = new Map<string, string>();
  for (const part of authorization.slice(authorization.indexOf(" ") + 1).split(",")) {
    const [key, ...value] = part.trim().split("=");
    if (key) parts.set(key, value.join("="));
  }
  const scope = parseScope(parts.get("Credential") ?? "");
  const signedHeaders = parts.get("SignedHeaders");
  const signature = parts.get("Signature");
  for (const name of ["Credential", "SignedHeaders", "Signature"]) {
    if (!parts.get(name)) throw new AuthFailure("malformed", authRefusal("authorization-part-missing", name));
  }
  if (!scope || !signedHeaders || !signature) {
    throw new AuthFailure("malformed", authRefusal("credential-scope"));
  }
  return { ...scope, signedHeaders: signedHeaders.split(";"), signature };
}

/** `20261120T101112Z` as a time; `undefined` when it is not one. */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/**
 * Signs the request again with the known secret and compares.
 * Throws {@link AuthFailure} `signature` on any difference, of the body's hash too.
 */
export async function verifySignature(
  received: Received,
  header: SigV4Header,
  credentials: EmulatorCredentials,
  signingDate: Date,
): Promise<void> {
  const headers: Record<string, string> = {};
  for (const name of header.signedHeaders) {
    const value = received.headers[name];
    if (value === undefined) throw mismatch();
    headers[name] = Array.isArray(value) ? value.join(",") : value;
  }
  // Over HTTP/2 the host is signed as the pseudo-header that it travels in.
  if (headers["host"] === undefined && headers[":authority"] === undefined) throw mismatch();
  const claimed = received.headers["x-amz-content-sha256"];
  const actual = createHash("sha256").update(received.body).digest("hex");
  if (typeof claimed === "string" && claimed !== actual) throw mismatch();
  if (typeof claimed === "string") headers["x-amz-content-sha256"] ??= claimed;
  const signed = await new SignatureV4({
    service: header.service,
    region: header.region,
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  }).sign(
    new HttpRequest({
      method: received.method,
      protocol: "http:",
      hostname: "localhost",
      path: received.rawPath,
      query: queryBag(received.query),
      headers,
      body: received.body,
    }),
    { signingDate, signableHeaders: new Set(header.signedHeaders) },
  );
  const expected = parseSigV4Header(signed.headers["authorization"] ?? "");
  if (!sameText(expected.signature, header.signature)) throw mismatch();
}

/** Equal, in a time that does not tell where they differ. */
export function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

export function queryBag(query: URLSearchParams): Record<string, string | string[]> {
  const bag: Record<string, string | string[]> = {};
  for (const key of new Set(query.keys())) {
    const values = query.getAll(key);
    bag[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return bag;
}

function mismatch(): AuthFailure {
  return new AuthFailure("signature", authRefusal("signature-mismatch"));
}
