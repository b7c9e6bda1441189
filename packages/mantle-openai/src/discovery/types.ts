import type { BedrockError } from "@clawrock/conversation";
import type { Freshness } from "@clawrock/discovery-cache";
import type { ListedModel } from "../model.ts";

/** What the endpoint lists. */
export interface MantleDiscovery {
  /** Sorted by id. */
  readonly models: readonly ListedModel[];
  /** Why there are no models, in one line. Absent when there are. */
  readonly unavailable?: string;
  /** The failure behind `unavailable`, or why the list could not be renewed; absent if neither. */
  readonly error?: BedrockError;
  /** When the list was loaded, in milliseconds since 1970. Absent without a list. */
  readonly fetchedAt?: number;
  /** `loaded` just now, or from the cache. Absent without a list. */
  readonly freshness?: Freshness;
}

/** That a region gives no (new) model list. */
export interface Unavailable {
  readonly region: string;
  /** One line. */
  readonly reason: string;
  readonly error: BedrockError | undefined;
}
