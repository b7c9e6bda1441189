import type { AwsSession } from "@clawrock/aws-auth";
import type { OpenAI } from "openai";
import { type MantleEndpoint, serviceOf } from "../route/route.ts";
import { refreshingFetch } from "./refreshing-fetch.ts";
import { resigningFetch } from "./resigning-fetch.ts";

/** `bearer`: the token given or minted. `sigv4`: each request is signed with the session's credentials. */
export type MantleAuth = "bearer" | "sigv4";

export interface ClientInit {
  readonly aws: AwsSession;
  readonly endpoint: MantleEndpoint;
  readonly auth: MantleAuth;
  readonly maxRetries: number;
}

/**
 * A maker of clients, one for each base URL. The `openai` package is loaded with the first of them. Every request asks
 * the session who it is; the client's own Bedrock providers set the token or the signature (of `bedrock-mantle` at Mantle, `bedrock` at
 * the runtime), refuse other origins and never follow a redirect.
 */
export function clientMaker(init: ClientInit): (baseUrl: string) => Promise<OpenAI> {
  const clients = new Map<string, Promise<OpenAI>>();
  return (baseUrl) => {
    const known = clients.get(baseUrl) ?? makeClient(init, baseUrl);
    clients.set(baseUrl, known);
    // A failed import or a malformed URL may be mended.
    known.catch(() => clients.delete(baseUrl));
    return known;
  };
}

async function makeClient({ aws, endpoint, auth, maxRetries }: ClientInit, baseUrl: string): Promise<OpenAI> {
  const { OpenAI } = await import("openai");
  const where = { baseURL: baseUrl, endpoint, region: aws.regionOf(serviceOf(endpoint)) };
  const { provider, fetch } = auth === "sigv4" ? await signed(aws, where) : await withToken(aws, where);
  // What goes wrong is told by errors and events; a library writes nothing to the console.
  return new OpenAI({ provider, fetch, maxRetries, logLevel: "off" });
}

type Where = { readonly baseURL: string; readonly endpoint: MantleEndpoint; readonly region: string };
type Wiring = Required<Pick<NonNullable<ConstructorParameters<typeof OpenAI>[0]>, "fetch">> & {
  readonly provider: NonNullable<NonNullable<ConstructorParameters<typeof OpenAI>[0]>["provider"]>;
};

async function withToken(aws: AwsSession, where: Where): Promise<Wiring> {
  const { bedrock } = await import("openai/providers/bedrock");
  const service = serviceOf(where.endpoint);
  const tokenProvider = async (): Promise<string> => (await aws.bearerToken({ service })).token;
  return { provider: bedrock({ ...where, tokenProvider }), fetch: refreshingFetch(aws, service) };
}

async function signed(aws: AwsSession, where: Where): Promise<Wiring> {
  const { bedrock } = await import("openai/providers/bedrock/aws");
  const { credentials } = aws.clientConfig("bedrock-runtime");
  return { provider: bedrock({ ...where, credentialProvider: () => credentials() }), fetch: resigningFetch(aws) };
}
