import type { AwsSession, BedrockService, SessionFetch } from "@clawrock/aws-auth";
import { withOpenAiErrorBody } from "./error-body.ts";

/**
 * The session's `fetch`, with its proxies, authorities and timeouts, that answers one refusal of the bearer token with one
 * try under a newer token. The newer token is the session's current one where that has changed meanwhile (so that many
 * refused requests share one new token), else a fresh one. A session with an explicit token has no newer one, and the refusal goes to the caller.
 */
export function refreshingFetch(aws: AwsSession, service: BedrockService): SessionFetch {
  return async (input, init) => {
    const response = await answered(aws, input, init);
    const sent = new Headers(init?.headers).get("authorization");
    if (!sent || !isReplayable(init) || !(await refusesToken(response))) return response;
    const token = await newerToken(aws, service, sent);
    if (!token) return response;
    await response.body?.cancel();
    const headers = new Headers(init?.headers);
    headers.set("authorization", token);
    return await answered(aws, input, { ...init, headers });
  };
}

type Fetched = Parameters<SessionFetch>;

/** An answer of the session's connections, its error in the shape that the `openai` client reads. */
export async function answered(aws: AwsSession, input: Fetched[0], init: Fetched[1]): Promise<Response> {
  // It follows no redirect, which would carry the request, and on the same host its token, to a place nobody chose.
  const response = await aws.fetch(input, init);
  return isRedirect(response) ? await withoutBody(response) : await withOpenAiErrorBody(response);
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}

/** Nobody needs the page of a redirect, which the `openai` client would wait for. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  const { status, statusText, headers } = response;
  return new Response(null, { status, statusText, headers });
}

async function newerToken(aws: AwsSession, service: BedrockService, sent: string): Promise<string | undefined> {
  const current = `Bearer ${(await aws.bearerToken({ service })).token}`;
  if (current !== sent) return current;
  const fresh = `Bearer ${(await aws.bearerToken({ fresh: true, service })).token}`;
  return fresh === sent ? undefined : fresh;
}

/** 401 always; 403 only where it says that the token is over, since IAM refuses with 403 too. */
async function refusesToken(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  return response.status === 403 && /token (?:is|has) expired/iu.test(await response.clone().text());
}

function isReplayable(init: RequestInit | undefined): boolean {
  return init?.body === undefined || init.body === null || typeof init.body === "string";
}
