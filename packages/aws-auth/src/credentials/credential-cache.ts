import type { AwsCredentialIdentity } from "@smithy/types";
import { atMostEvery } from "../at-most-every.ts";
import { LOOK_MS } from "../environment.ts";

/** How far a resolution may go. */
export interface Reach {
  /** Whether the instance metadata service may be asked, if nothing before it answers. */
  readonly instanceMetadata: boolean;
}

export interface CredentialCacheOptions {
  readonly load: (reach: Reach) => Promise<AwsCredentialIdentity>;
  /** Says which sources are in force. When the answer changes, what is kept is dropped. */
  readonly fingerprint: () => string;
  /** Says what a person may have repaired. When the answer changes, a failure is not repeated any more. */
  readonly repairs?: () => string;
  /** Told of a failure when it begins, not again before it ended or became another. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  readonly now?: () => number;
}

export interface CredentialRequest extends Partial<Reach> {
  /** Resolve anew although the kept ones have not ended. */
  readonly fresh?: boolean | undefined;
}

/** Credentials are renewed this long before they end, as the AWS SDK does. */
export const EARLY_MS = 300_000;
/**
 * A failure is repeated for this long without asking again, and so are credentials that were near their end when they came
 * and those that came again after the service refused them: a source that is broken or slow to rotate is not asked at every
 * request.
 */
export const PAUSE_MS = 10_000;

interface Failure extends Reach {
  readonly error: unknown;
  readonly repairs: string;
}

/**
 * Keeps the credentials of a session: one resolution at a time, kept until five minutes before their end (for ever if they
 * have none), renewed when the environment or the shared files change or the service refuses them. While the old ones live
 * and were not refused, a failed renewal gives them once more.
 */
export class CredentialCache {
  readonly #load: CredentialCacheOptions["load"];
  readonly #fingerprint: () => string;
  readonly #repairs: () => string;
  readonly #now: () => number;
  readonly #onFailure: (error: unknown) => void;
  #told: string | undefined;
  #kept: AwsCredentialIdentity | undefined;
  #refused: AwsCredentialIdentity | undefined;
  #failure: Failure | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #flights = new Map<boolean, Promise<AwsCredentialIdentity>>();
  #print: string | undefined;

  constructor({ load, fingerprint, repairs = () => "", onFailure, now = Date.now }: CredentialCacheOptions) {
    this.#load = load;
    this.#fingerprint = atMostEvery(LOOK_MS, fingerprint, now);
    this.#repairs = atMostEvery(LOOK_MS, repairs, now);
    this.#now = now;
    this.#onFailure = onFailure ?? (() => {});
  }

  /**
   * The credentials; with `fresh`, resolved anew although the kept ones have not ended.
   * @throws what `load` threw, if nothing kept is alive or `fresh` was asked for.
   */
  async get({ fresh = false, instanceMetadata = true }: CredentialRequest = {}): Promise<AwsCredentialIdentity> {
    this.#dropIfChanged();
    const kept = this.#kept;
    const pause = this.#now() - this.#answeredAt < PAUSE_MS;
    const usable = kept !== undefined && !fresh && (!this.#isRefused(kept) || (pause && !this.#failure));
    if (usable && this.#lifeOf(kept) > EARLY_MS) return kept;
    if (usable && pause && this.#lifeOf(kept) > 0) return kept;
    if (pause && this.#failure && this.#covers(this.#failure, instanceMetadata)) throw this.#failure.error;
    const renewed = await this.#flight(instanceMetadata).catch((error: unknown) => ({ error }));
    if (!("error" in renewed)) return renewed;
    if (usable && this.#lifeOf(kept) > 0) return kept;
    throw renewed.error;
  }

  /**
   * Says that the service refused these credentials: the next request resolves anew. If the source gives the same again,
   * they are used as they are and the source is left in peace for a while.
   */
  refuse(credentials: AwsCredentialIdentity): void {
    if (!this.#kept || !isSame(this.#kept, credentials) || this.#isRefused(credentials)) return;
    this.#refused = credentials;
    this.#answeredAt = Number.NEGATIVE_INFINITY;
  }

  #flight(instanceMetadata: boolean): Promise<AwsCredentialIdentity> {
    // One that may go further answers for one that may not.
    const known = this.#flights.get(true) ?? this.#flights.get(instanceMetadata);
    if (known) return known;
    const flight = this.#resolve({ instanceMetadata });
    this.#flights.set(instanceMetadata, flight);
    return flight;
  }

  async #resolve(reach: Reach): Promise<AwsCredentialIdentity> {
    const print = this.#print;
    const flights = this.#flights;
    // The flight must be registered before it can end, or it would never be cleared.
    await Promise.resolve();
    try {
      const credentials = await this.#load(reach);
      if (print === this.#print) {
        if (this.#refused && !isSame(this.#refused, credentials)) this.#refused = undefined;
        this.#keep(credentials, undefined);
        this.#told = undefined;
      }
      return credentials;
    } catch (error) {
      if (print === this.#print) this.#keep(this.#kept, { ...reach, error, repairs: this.#repairs() });
      // One may go on for days; it is news once.
      if (this.#told !== String(error)) this.#onFailure(error);
      this.#told = String(error);
      throw error;
    } finally {
      flights.delete(reach.instanceMetadata);
    }
  }

  #keep(credentials: AwsCredentialIdentity | undefined, failure: Failure | undefined): void {
    this.#kept = credentials;
    this.#failure = failure;
    this.#answeredAt = this.#now();
  }

  #covers(failure: Failure, instanceMetadata: boolean): boolean {
    return (failure.instanceMetadata || !instanceMetadata) && failure.repairs === this.#repairs();
  }

  #isRefused(credentials: AwsCredentialIdentity): boolean {
    return this.#refused !== undefined && isSame(this.#refused, credentials);
  }

  #lifeOf({ expiration }: AwsCredentialIdentity): number {
    return expiration ? expiration.getTime() - this.#now() : Number.POSITIVE_INFINITY;
  }

  #dropIfChanged(): void {
    const print = this.#fingerprint();
    if (print === this.#print) return;
    this.#print = print;
    this.#kept = undefined;
    this.#refused = undefined;
    this.#failure = undefined;
    this.#flights = new Map();
    this.#answeredAt = Number.NEGATIVE_INFINITY;
  }
}

/** Whether two credentials are one and the same for the service. */
export function isSame(one: AwsCredentialIdentity, other: AwsCredentialIdentity): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.secretAccessKey === other.secretAccessKey &&
    one.sessionToken === other.sessionToken
  );
}
