import { type AwsHost, type AwsSession, parseAwsHost } from "@clawrock/aws-auth";
import { UNPLACED } from "../ids.ts";

export interface Place {
  /** `baseUrl` of the model or provider. */
  readonly baseUrl?: string | undefined;
  /** The configured region, for base URLs that tell none. */
  readonly region?: string | undefined;
}

/**
 * The view of a session for a base URL of the host's config. The ordinary host of a region tells that region and nothing
 * else, so that the endpoint variables of the AWS SDK keep their effect; any other is where requests go, and the
 * configured region signs them.
 */
export function placed(session: AwsSession, { baseUrl, region }: Place): AwsSession {
  if (!baseUrl || baseUrl === UNPLACED) return region ? session.in({ region }) : session;
  const host = awsHost(baseUrl);
  if (!host) return session.in({ endpoint: baseUrl, region });
  const ordinary = host.label === "bedrock-runtime" && !host.dualStack && !host.privateLink;
  return session.in(ordinary && isElsewhere(session) ? { region: host.region } : { endpoint: baseUrl });
}

/** The region a base URL of AWS names. */
export function regionOf(baseUrl: string): string | undefined {
  return awsHost(baseUrl)?.region;
}

/** Whether the session was told to go to a host of its own, a proxy or an interface endpoint. */
function isElsewhere(session: AwsSession): boolean {
  const host = awsHost(session.endpoint("bedrock-runtime"));
  return host === undefined || host.privateLink;
}

function awsHost(baseUrl: string): AwsHost | undefined {
  return URL.canParse(baseUrl) ? parseAwsHost(new URL(baseUrl).hostname) : undefined;
}
