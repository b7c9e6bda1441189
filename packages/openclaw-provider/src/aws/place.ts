import { type AwsSession, parseAwsHost } from "@clawrock/aws-auth";
import { UNPLACED } from "../ids.ts";

export interface Place {
  /** `baseUrl` of the model or provider. */
  readonly baseUrl?: string | undefined;
  /** The configured region, for base URLs that tell none. */
  readonly region?: string | undefined;
}

/**
 * The view of a session for a base URL of the host's config. A standard host of AWS only tells the region; any other is
 * where requests go, and the configured region signs them.
 */
export function placed(session: AwsSession, { baseUrl, region }: Place): AwsSession {
  if (!baseUrl || baseUrl === UNPLACED) return region ? session.in({ region }) : session;
  return session.in(regionOf(baseUrl) ? { endpoint: baseUrl } : { endpoint: baseUrl, region });
}

/** The region a base URL of AWS names. */
export function regionOf(baseUrl: string): string | undefined {
  return URL.canParse(baseUrl) ? parseAwsHost(new URL(baseUrl).hostname)?.region : undefined;
}
