import type { AwsCredentialIdentity } from "@smithy/types";

export interface CredentialCacheOptions {
  readonly load: () => Promise<AwsCredentialIdentity>;
  /** Says which sources are in force. When the answer changes, what is kept is dropped. */
  readonly fingerprint: () => string;
  readonly now?: () => number;
}

/** Credentials are renewed this long before they end, as the AWS SDK does. */
export const EARLY_MS = 300_000;
/** A failure is repeated for this long without asking again, so that a broken chain is not asked at every request. */
export const FAILURE_MS = 10_000;
/** Environment and files are looked at no more often than this. */
const LOOK_MS = 1_000;

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
  #failure: { readonly at: number; readonly error: unknown } | undefined;
  #flight: Promise<AwsCredentialIdentity> | undefined;
  #seen: { readonly at: number; readonly print: string } | undefined;

  constructor({ load, fingerprint, now = Date.now }: CredentialCacheOptions) {
    this.#load = load;
    this.#fingerprint = fingerprint;
    this.#now = now;
  }

  /** The credentials; with `fresh`, resolved anew although the kept ones have not ended. */
  async get({ fresh = false }: { readonly fresh?: boolean | undefined } = {}): Promise<AwsCredentialIdentity> {
    this.#dropIfChanged();
    const kept = this.#kept;
    if (kept && !fresh && this.#lifeOf(kept) > EARLY_MS) return kept;
    if (this.#failure && this.#now() - this.#failure.at < FAILURE_MS) return this.#lastOr(this.#failure.error);
    this.#flight ??= this.#resolve();
    return this.#flight;
  }

  async #resolve(): Promise<AwsCredentialIdentity> {
    const print = this.#seen?.print;
    // The flight must be registered before it can end, or it would never be cleared.
    await Promise.resolve();
    try {
      const credentials = await this.#load();
      if (print === this.#seen?.print) {
        this.#kept = credentials;
        this.#failure = undefined;
      }
      return credentials;
    } catch (error) {
      if (print !== this.#seen?.print) throw error;
      this.#failure = { at: this.#now(), error };
      return this.#lastOr(error);
    } finally {
      if (print === this.#seen?.print) this.#flight = undefined;
    }
  }

  #lastOr(error: unknown): AwsCredentialIdentity {
    if (this.#kept && this.#lifeOf(this.#kept) > 0) return this.#kept;
    throw error;
  }

  #lifeOf({ expiration }: AwsCredentialIdentity): number {
    return expiration ? expiration.getTime() - this.#now() : Number.POSITIVE_INFINITY;
  }

  #dropIfChanged(): void {
    const at = this.#now();
    if (this.#seen && at - this.#seen.at < LOOK_MS) return;
    const print = this.#fingerprint();
    if (this.#seen && print !== this.#seen.print) {
      this.#kept = undefined;
      this.#failure = undefined;
      this.#flight = undefined;
    }
    this.#seen = { at, print };
  }
}
