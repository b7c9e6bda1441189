import { AwsAuthError } from "../aws-auth-error.ts";
import { hideSecrets } from "../hide-secrets.ts";
import type { BearerToken } from "../types.ts";
import { decodeToken } from "./decode-token.ts";

/**
 * A given token with its end, if it says one.
 * @throws AwsAuthError of kind `wrong-region` or `expired-credentials` for a short-term key that cannot work, `invalid-config` for what no
 * header can carry, before any call.
 */
export function checkToken(token: string, region: string, source: string, now: number): BearerToken {
  if (!/^[\x21-\x7e]+$/u.test(token)) {
    throw new AwsAuthError({
      kind: "invalid-config",
      problem: `The bearer token (${source}) holds a blank, a line break or a letter that is in no token`,
      fix: "Copy it again, as one word",
    });
  }
  const decoded = decodeToken(token);
  if (decoded && decoded.region !== region) {
    throw new AwsAuthError({
      kind: "wrong-region",
      problem: `The bearer token (${source}) was made for ${decoded.region}, and ${region} is asked for`,
      fix: `Use ${decoded.region}, make a token for ${region}, or use AWS credentials, from which a token is made for each region`,
    });
  }
  if (decoded && decoded.expiresAt.getTime() <= now) {
    throw new AwsAuthError({
      kind: "expired-credentials",
      problem: `The bearer token (${source}) ended at ${decoded.expiresAt.toISOString()}`,
      fix: "Make a new one, or use AWS credentials, from which tokens are made and renewed",
    });
  }
  return bearerToken(token, decoded?.expiresAt);
}

/** A token that no log prints. */
export function bearerToken(token: string, expiresAt: Date | undefined): BearerToken {
  return hideSecrets({ token, expiresAt }, ["token"]);
}
