import type { AwsCredentialIdentity } from "@smithy/types";
import { atMostEvery } from "../at-most-every.ts";
import { LOOK_MS } from "../environment.ts";

export interface CredentialCacheOptions {
  readonly load: () => Promise<AwsCredentialIdentity>;
  /** Says which sources are in force. When the answer changes, what is kept is dropped. */
  readonly fingerprint: () => string;
  readonly now?: () => number;
}

/** Credentials are renewed this long before they end, as the AWS SDK does. */
export const EARLY_MS = 300_000;
/**
 * A failure is repeated for this long without asking again, and so are credentials that were near their end when they came:
 * a source that is broken or slow to rotate is not asked at every request.
 */
export const PAUSE_MS = 10_000;

/**
 * Keeps the credentials of a session: one resolution at a time, kept until five minutes before their end (for ever if they
 * have none), renewed when the environment or the shared files change. While the old ones live, a failed renewal gives them
 * once more.
 */
export class CredentialCache {
  readonly #load: () => Promise<AwsCredentialIdentity>;
  readonly #fingerprint: () => string;
  readonly #now: () => number;
  #kept: AwsCredentialIdentity | undefined;
  #failure: { readonly error: unknown } | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #flight: Promise<AwsCredentialIdentity> | undefined;
  #print: string | undefined;

  constructor({ load, fingerprint, now = Date.now }: CredentialCacheOptions) {
    this.#load = load;
    this.#fingerprint = atMostEvery(LOOK_MS, fingerprint, now);
    this.#now = now;
  }

  /**
   * The credentials; with `fresh`, resolved anew although the kept ones have not ended, as after `ExpiredToken`.
   * @throws what `load` threw, if nothing kept is alive or `fresh` was asked for.
   */
  async get({ fresh = false }: { readonly fresh?: boolean | undefined } = {}): Promise<AwsCredentialIdentity> {
    this.#dropIfChanged();
    const kept = this.#kept;
    if (kept && !fresh && this.#lifeOf(kept) > EARLY_MS) return kept;
    const pause = this.#now() - this.#answeredAt < PAUSE_MS;
    if (pause && kept && !fresh && this.#lifeOf(kept) > 0) return kept;
    if (pause && this.#failure) throw this.#failure.error;
    this.#flight ??= this.#resolve();
    const renewed = await this.#flight.catch((error: unknown) => ({ error }));
    if (!("error" in renewed)) return renewed;
    if (kept && !fresh && this.#lifeOf(kept) > 0) return kept;
    throw renewed.error;
  }

  async #resolve(): Promise<AwsCredentialIdentity> {
    const print = this.#print;
    // The flight must be registered before it can end, or it would never be cleared.
    await Promise.resolve();
    try {
      const credentials = await this.#load();
      if (print === this.#print) this.#keep(credentials, undefined);
      return credentials;
    } catch (error) {
      if (print === this.#print) this.#keep(this.#kept, { error });
      throw error;
    } finally {
      if (print === this.#print) this.#flight = undefined;
    }
  }

  #keep(credentials: AwsCredentialIdentity | undefined, failure: { readonly error: unknown } | undefined): void {
    this.#kept = credentials;
    this.#failure = failure;
    this.#answeredAt = this.#now();
  }

  #lifeOf({ expiration }: AwsCredentialIdentity): number {
    return expiration ? expiration.getTime() - this.#now() : Number.POSITIVE_INFINITY;
  }

  #dropIfChanged(): void {
    const print = this.#fingerprint();
    if (print === this.#print) return;
    this.#print = print;
    this.#kept = undefined;
    this.#failure = undefined;
    this.#flight = undefined;
    this.#answeredAt = Number.NEGATIVE_INFINITY;
  }
}
