import type { Received } from "../http/received.ts";
import { AuthFailure } from "./auth-failure.ts";
import { authRefusal } from "./auth-refusals.ts";
import { verifyBearer } from "./bearer.ts";
import { findCredentials, type Identities } from "./identities.ts";
import { parseAmzDate, parseSigV4Header, verifySignature } from "./sigv4.ts";

/** Who called, as far as the request proves it. */
export interface Caller {
  readonly kind: "sigv4" | "bearer";
  readonly accessKeyId?: string;
  /** The region that the request was signed for; the emulator's own for an API key. */
  readonly region: string;
}

export interface AuthRules {
  readonly identities: Identities;
  /** Regions served; the first is meant where a request names none. */
  readonly regions: readonly string[];
  /** Signing names that the surface accepts. */
  readonly services: readonly string[];
  readonly now: Date;
  /** Takes an API key from `x-api-key` too, as Anthropic's clients send it. */
  readonly apiKeyHeader?: boolean;
}

const clockToleranceMs = 5 * 60 * 1000;

/** Checks the `authorization` header of a request. Throws {@link AuthFailure}. */
export async function authenticate(received: Received, rules: AuthRules): Promise<Caller> {
  const authorization = received.headers.authorization ?? apiKeyOf(received, rules);
  if (!authorization) throw new AuthFailure("missing", authRefusal("credentials-missing"));
  const defaultRegion = rules.regions[0] ?? "us-east-1";
  if (/^bearer /i.test(authorization)) {
    const token = authorization.slice("bearer ".length).trim();
    const identity = await verifyBearer(token, rules.identities, rules.regions, rules.now);
    return { kind: "bearer", region: defaultRegion, ...identity };
  }
  if (!authorization.startsWith("AWS4-HMAC-SHA256 "))
    throw new AuthFailure("missing", authRefusal("credentials-missing"));

  const header = parseSigV4Header(authorization);
  const known = findCredentials(rules.identities, header.accessKeyId, rules.now);
  if (!known) throw new AuthFailure("unknown-key", authRefusal("unknown-key"));
  const token = received.headers["x-amz-security-token"];
  if (token !== known.sessionToken) throw new AuthFailure("session-token", authRefusal("unknown-session-token"));
  if (!rules.services.includes(header.service)) {
    throw new AuthFailure("service", authRefusal("signature-service", rules.services[0] ?? "bedrock"));
  }
  if (!rules.regions.includes(header.region)) {
    throw new AuthFailure("region", authRefusal("signature-region"));
  }
  const stamp = received.headers["x-amz-date"];
  const signedAt = parseAmzDate(typeof stamp === "string" ? stamp : "");
  if (!signedAt) throw new AuthFailure("malformed", authRefusal("date-missing"));
  checkClock(signedAt, rules.now);
  await verifySignature(received, header, known, signedAt);
  return { kind: "sigv4", accessKeyId: known.accessKeyId, region: header.region };
}

function apiKeyOf(received: Received, rules: AuthRules): string | undefined {
  const key = rules.apiKeyHeader ? received.headers["x-api-key"] : undefined;
  return typeof key === "string" ? `Bearer ${key}` : undefined;
}

function checkClock(signedAt: Date, now: Date): void {
  const earliest = new Date(now.getTime() - clockToleranceMs);
  const latest = new Date(now.getTime() + clockToleranceMs);
  if (signedAt < earliest) {
    throw new AuthFailure("clock", authRefusal("request-old", amzDate(signedAt), amzDate(earliest), amzDate(now)));
  }
  if (signedAt > latest) {
    throw new AuthFailure("clock", authRefusal("request-early", amzDate(signedAt), amzDate(latest), amzDate(now)));
  }
}

function amzDate(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}
