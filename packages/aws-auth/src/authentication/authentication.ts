import type { AwsCredentialIdentity, Identity, TokenIdentity } from "@smithy/types";
import { AwsAuthError } from "../aws-auth-error.ts";
import { isSame } from "../credentials/credential-cache.ts";
import { hideSecrets } from "../hide-secrets.ts";
import type { SessionCore } from "../session-core.ts";
import { checkToken } from "../tokens/check-token.ts";
import type { AwsClientConfig } from "../types.ts";
import { type RenewableIdentity, renewOnce } from "./renew-once.ts";

/**
 * Preference and providers are always set together: the SDK would otherwise prefer an ambient bearer token to explicit
 * credentials, and take a blank one for a token. All are asked at each request, so a client follows its session from a bearer
 * token to credentials and back.
 */
export function authentication(
  core: SessionCore,
  region: string,
): Pick<AwsClientConfig, "authSchemePreference" | "credentials" | "token" | "extensions"> {
  const credentials = (how?: { readonly forceRefresh?: boolean }): Promise<AwsCredentialIdentity> =>
    core.modelCredentials({ fresh: how?.forceRefresh });
  const token = async (): Promise<TokenIdentity> => tokenOf(core, region);
  const keys: RenewableIdentity = {
    current: () => core.modelCredentials(),
    refuse: (identity) => isCredentials(identity) && core.credentials.refuse(identity),
    isSame: (one, other) => isCredentials(one) && isCredentials(other) && isSame(one, other),
  };
  const bearer: RenewableIdentity = {
    current: token,
    refuse: () => core.lookAgain(),
    isSame: (one, other) => isToken(one) && isToken(other) && one.token === other.token,
  };
  return {
    authSchemePreference: async () => [core.recentIdentity().kind === "bearer" ? "httpBearerAuth" : "sigv4"],
    // The SDK keeps what a provider gives for the life of a client; this session's cache notices changes.
    credentials: Object.assign(credentials, { memoized: true }),
    token,
    extensions: [
      renewOnce(
        new Map([
          ["aws.auth#sigv4", keys],
          ["smithy.api#httpBearerAuth", bearer],
        ]),
      ),
    ],
  };
}

function tokenOf(core: SessionCore, region: string): TokenIdentity {
  const identity = core.recentIdentity();
  const { source } = identity.description;
  if (identity.kind !== "bearer") {
    throw new AwsAuthError({
      kind: "no-credentials",
      problem: `The bearer token was taken away while a request was under way; ${source} comes next`,
      fix: "Send the request again",
    });
  }
  const { token, expiresAt } = checkToken(identity.token, region, source, Date.now());
  // One that stands in the environment may be replaced there: an end that is now makes the SDK ask at each request.
  const expiration = identity.ambient ? new Date() : expiresAt;
  return hideSecrets({ token, ...(expiration && { expiration }) }, ["token"]);
}

function isCredentials(identity: Identity): identity is AwsCredentialIdentity {
  return "accessKeyId" in identity && "secretAccessKey" in identity;
}

function isToken(identity: Identity): identity is TokenIdentity {
  return "token" in identity;
}
