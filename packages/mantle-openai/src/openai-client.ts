import type { AwsSession } from "@clawrock/aws-auth";
import type { OpenAI } from "openai";
import { refreshingFetch } from "./refreshing-fetch.ts";
import type { MantleEndpoint } from "./route.ts";

export interface ClientInit {
  readonly aws: AwsSession;
  readonly endpoint: MantleEndpoint;
  readonly maxRetries: number;
}

/**
 * A maker of clients, one for each base URL. The `openai` package is loaded with the first of them. Every request asks
 * the session for its token; the client's own Bedrock provider sets it, refuses other origins and never follows a redirect.
 */
export function clientMaker({ aws, endpoint, maxRetries }: ClientInit): (baseUrl: string) => Promise<OpenAI> {
  const clients = new Map<string, OpenAI>();
  return async (baseUrl) => {
    const [{ OpenAI }, { bedrock }] = await Promise.all([import("openai"), import("openai/providers/bedrock")]);
    const client =
      clients.get(baseUrl) ??
      new OpenAI({
        provider: bedrock({
          baseURL: baseUrl,
          endpoint,
          region: aws.region.name,
          tokenProvider: async () => (await aws.bearerToken()).token,
        }),
        fetch: refreshingFetch(aws),
        maxRetries,
        // What goes wrong is told by errors and events; a library writes nothing to the console.
        logLevel: "off",
      });
    clients.set(baseUrl, client);
    return client;
  };
}
