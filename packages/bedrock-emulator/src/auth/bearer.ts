import { HttpRequest } from "@smithy/protocol-http";
import { SignatureV4 } from "@smithy/signature-v4";
import { AuthFailure } from "./auth-failure.ts";
import { authRefusal } from "./auth-refusals.ts";
import { findCredentials, type Identities } from "./identities.ts";
import { Sha256 } from "./sha256.ts";
import { parseAmzDate, parseScope, queryBag, sameText } from "./sigv4.ts";

const mintedPrefix = "bedrock-api-key-";

export interface BearerIdentity {
  /** The access key that minted the token; none for a long-term API key. */
  readonly accessKeyId?: string;
  /** The region that a minted token is bound to. */
  readonly region?: string;
}

/**
 * Checks a bearer token: an API key from the list, or one minted by `@aws/bedrock-token-generator`, which is a presigned
 * `CallWithBearerToken` URL in base64. Throws {@link AuthFailure} `bearer`, `bearer-expired` or `region`.
 */
export async function verifyBearer(
  token: string,
  identities: Identities,
  regions: readonly string[],
  now: Date,
): Promise<BearerIdentity> {
  if (identities.apiKeys.some((key) => sameText(key, token))) return {};
  if (!token.startsWith(mintedPrefix)) throw refused();
  const url = presignedUrl(token.slice(mintedPrefix.length));
  const query = url.searchParams;
  const scope = parseScope(query.get("X-Amz-Credential") ?? "");
  const signedAt = parseAmzDate(query.get("X-Amz-Date") ?? "");
  const lifetime = Number(query.get("X-Amz-Expires"));
  const signature = query.get("X-Amz-Signature") ?? "";
  const credentials = findCredentials(identities, scope?.accessKeyId ?? "", now);
  if (!scope || !signedAt || !(lifetime > 0) || !credentials) throw refused();
  if (query.get("Action") !== "CallWithBearerToken" || scope.service !== "bedrock") throw refused();
  if ((query.get("X-Amz-Security-Token") ?? undefined) !== credentials.sessionToken) throw refused();

  const bag = queryBag(query);
  for (const name of Object.keys(bag)) {
    if (name.startsWith("X-Amz-") || name === "Version") delete bag[name];
  }
  const expected = await new SignatureV4({
    service: scope.service,
    region: scope.region,
    credentials,
    sha256: Sha256,
  }).presign(
    new HttpRequest({
      method: "POST",
      protocol: "https:",
      hostname: url.host,
      headers: { host: url.host },
      path: url.pathname,
      query: bag,
    }),
    { signingDate: signedAt, expiresIn: lifetime },
  );
  if (!sameText(String(expected.query?.["X-Amz-Signature"]), signature)) throw refused();
  if (now.getTime() > signedAt.getTime() + lifetime * 1000) {
    throw new AuthFailure("bearer-expired", authRefusal("api-key-expired"));
  }
  if (!regions.includes(scope.region)) throw refused();
  return { accessKeyId: scope.accessKeyId, region: scope.region };
}

function presignedUrl(encoded: string): URL {
  try {
    return new URL(`https://${Buffer.from(encoded, "base64").toString("utf8")}`);
  } catch {
    throw refused();
  }
}

function refused(): AuthFailure {
  return new AuthFailure("bearer", authRefusal("api-key-unknown"));
}
