import type { AwsSession, SessionFetch } from "@clawrock/aws-auth";
import { answered } from "./refreshing-fetch.ts";

/** How AWS refuses a key that is over or unknown. IAM's refusals are none of these. */
const REFUSED = /expired|security token|not exist in our records/iu;

/**
 * The session's `fetch` for signed requests. A refused key is resolved anew; where that gives another one, the client is
 * told to try again at once, and signs with it. So it needs a client with at least one retry.
 */
export function resigningFetch(aws: AwsSession): SessionFetch {
  const { credentials } = aws.clientConfig("bedrock-runtime");
  return async (input, init) => {
    const response = await answered(aws, input, init);
    const sent = /Credential=([^/]+)\//u.exec(new Headers(init?.headers).get("authorization") ?? "")?.[1];
    if (sent === undefined || !(await refusesKey(response))) return response;
    const current = await credentials();
    const key = current.accessKeyId === sent ? await credentials({ forceRefresh: true }) : current;
    if (key.accessKeyId === sent) return response;
    const headers = new Headers(response.headers);
    headers.set("x-should-retry", "true");
    headers.set("retry-after-ms", "1");
    const { status, statusText, body } = response;
    return new Response(body, { status, statusText, headers });
  };
}

async function refusesKey(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  return response.status === 403 && REFUSED.test(await response.clone().text());
}
