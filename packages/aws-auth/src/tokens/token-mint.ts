import type { AwsCredentialIdentity } from "@smithy/types";
import { AwsAuthError } from "../aws-auth-error.ts";
import type { BearerToken } from "../types.ts";
import { bearerToken } from "./check-token.ts";
import { decodeToken } from "./decode-token.ts";

export interface TokenMintOptions {
  readonly credentials: (options: { readonly fresh: boolean }) => Promise<AwsCredentialIdentity>;
  readonly now?: () => number;
  /** Between 0 and 1. */
  readonly random?: () => number;
}

/** Asked for; credentials with a shorter life shorten it. */
const LIFE_SECONDS = 7200;
const RENEW_MS = 3_600_000;
const EARLY_MS = 300_000;
/** Renewals are spread over this share of a token's use, so that the processes of a fleet do not renew at once. */
const JITTER = 0.1;

interface Minted {
  readonly token: BearerToken;
  readonly accessKeyId: string;
  readonly renewAt: number;
}

/**
 * Makes short-term Bedrock API keys from credentials, one per region. A token is used for an hour at most (up to a tenth
 * less, by chance), never in its last five minutes, never after its credentials were replaced by those of another key; one is made at a time for a region.
 */
export class TokenMint {
  readonly #credentials: TokenMintOptions["credentials"];
  readonly #now: () => number;
  readonly #random: () => number;
  readonly #minted = new Map<string, Minted>();
  readonly #flights = new Map<string, Promise<BearerToken>>();

  constructor({ credentials, now = Date.now, random = Math.random }: TokenMintOptions) {
    this.#credentials = credentials;
    this.#now = now;
    this.#random = random;
  }

  async get(region: string, fresh: boolean): Promise<BearerToken> {
    const key = `${region} ${fresh}`;
    const flight = this.#flights.get(key) ?? this.#renewed(region, fresh).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  async #renewed(region: string, fresh: boolean): Promise<BearerToken> {
    const credentials = await this.#credentials({ fresh });
    const last = this.#minted.get(region);
    if (last && !fresh && last.accessKeyId === credentials.accessKeyId && this.#now() < last.renewAt) return last.token;
    const minted = await this.#mint(region, credentials);
    this.#minted.set(region, minted);
    return minted.token;
  }

  async #mint(region: string, credentials: AwsCredentialIdentity): Promise<Minted> {
    const now = this.#now();
    const life = credentials.expiration ? Math.floor((credentials.expiration.getTime() - now) / 1000) : LIFE_SECONDS;
    if (life <= 0) throw ended(credentials);
    const { getToken } = await import("@aws/bedrock-token-generator");
    const text = await getToken({ credentials, region, expiresInSeconds: Math.min(LIFE_SECONDS, life) });
    // The end is read back from the token, for it was signed by the clock of the signer, not by ours.
    const endsAt = decodeToken(text)?.expiresAt.getTime() ?? now + life * 1000;
    // Tokens of short-lived credentials would otherwise be due at birth.
    const early = Math.max(endsAt - EARLY_MS, now + (endsAt - now) / 2);
    const use = Math.min(RENEW_MS, early - now);
    return {
      token: bearerToken(text, new Date(endsAt)),
      accessKeyId: credentials.accessKeyId,
      renewAt: now + use * (1 - JITTER * this.#random()),
    };
  }
}

function ended({ expiration }: AwsCredentialIdentity): AwsAuthError {
  return new AwsAuthError({
    kind: "expired-credentials",
    problem: `The credentials ended at ${expiration?.toISOString()}`,
    fix: "Sign in again, or renew them where they come from",
  });
}
