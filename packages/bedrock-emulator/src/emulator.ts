import { randomBytes } from "node:crypto";
import { type EmulatorCredentials, randomApiKey, randomCredentials } from "./auth/identities.ts";
import { createSessions } from "./auth/sessions.ts";
import { createPromptCache } from "./converse/prompt-cache.ts";
import { createEngine } from "./engine/engine.ts";
import { thinkingSigner } from "./engine/thinking-signature.ts";
import { createFaultScript } from "./faults/script.ts";
import { defaultGuardrail } from "./guardrails/guardrail.ts";
import { selfSignedCertificate } from "./http/certificate.ts";
import { handle } from "./http/handle.ts";
import { type Handler, listen } from "./http/server.ts";
import { createIdentityState } from "./identity/identity-state.ts";
import { createCatalog } from "./models/catalog.ts";
import type { EmulatorOptions } from "./options.ts";
import { createReplay } from "./replay.ts";
import type { RequestRecord } from "./request-record.ts";
import type { EmulatorState } from "./state.ts";
import { upstreamEngine } from "./upstream/upstream-engine.ts";

/** Ways to temporary credentials that the emulator serves. */
export interface CredentialSources {
  /** Variables of a process on an instance: the metadata service. */
  readonly instance: Readonly<Record<string, string>>;
  /** Variables of a process in a container with a full URI and its token. */
  readonly container: Readonly<Record<string, string>>;
  /** Path of the container's credentials, as a relative URI is. */
  readonly containerPath: string;
  readonly webIdentityToken: string;
  readonly ssoToken: string;
  /** Refresh token of an SSO session; the OIDC endpoint gives a new access token for it, once. */
  readonly ssoRefreshToken: string;
}

/** A running local Bedrock. */
export interface Emulator {
  /** `http://127.0.0.1:<port>`, the endpoint of every surface. */
  readonly url: string;
  /** Variables that point any AWS SDK, the AWS CLI and this project at the emulator. They hold its secret key. */
  readonly env: Readonly<Record<string, string>>;
  readonly region: string;
  readonly accountId: string;
  /** The first of the known access keys. */
  readonly credentials: EmulatorCredentials;
  /** A Bedrock API key, for callers that send a bearer token. */
  readonly bearerToken: string;
  /** What the credential services of the emulator take; secrets, as `env` is. */
  readonly sources: CredentialSources;
  /** The certificate to trust, as PEM; only with TLS. */
  readonly certificate?: string;
  /** Every request that arrived, in order; each is completed when its answer is. */
  readonly requests: readonly RequestRecord[];
  /** Stops listening and destroys open sockets. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts a local Amazon Bedrock: control plane, runtime and Mantle on one port, over HTTP/1.1 or HTTP/2, with TLS if wanted.
 *
 * @throws the socket's own error when the port is taken (`EADDRINUSE`); TypeError for an empty host, which would be every address; Error
 *   for standing faults of an operation that is none.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const region = options.region ?? "us-east-1";
  const credentials = options.credentials ?? [randomCredentials()];
  const apiKeys = options.apiKeys ?? [randomApiKey()];
  const [first = randomCredentials()] = credentials;
  const accountId = options.accountId ?? "123456789012";
  const signer = thinkingSigner(randomBytes(32));
  const clock = options.clock ?? (() => new Date());
  const sessions = createSessions(accountId, clock);
  const identity = createIdentityState({
    sessions,
    ...(options.sessionSeconds !== undefined && { lifetimeSeconds: options.sessionSeconds }),
    ...(options.webIdentityTokens && { webIdentityTokens: options.webIdentityTokens }),
    ...(options.ssoTokens && { ssoTokens: options.ssoTokens }),
  });
  const state: EmulatorState = {
    accountId,
    regions: [region, ...(options.regions ?? []).filter((other) => other !== region)],
    identities: { credentials, apiKeys, sessions },
    identity,
    clock,
    pageSize: options.pageSize ?? 5,
    access: options.access ?? {},
    reservations: options.reservations ?? [],
    ownModels: options.ownModels ?? [],
    catalog: createCatalog({
      accountId,
      ...(options.ownModels && { ownModels: options.ownModels }),
      ...(options.models && { models: options.models }),
      ...(options.applicationProfiles && { applicationProfiles: options.applicationProfiles }),
      admitAnyModel: options.admitAnyModel ?? false,
    }),
    guardrails: options.guardrails ?? [defaultGuardrail],
    engine: options.engine ?? (options.upstream ? upstreamEngine(options.upstream, signer.sign) : createEngine(signer)),
    thinkingSigner: signer,
    admitForeignThinking: options.admitForeignThinking ?? false,
    promptCache: createPromptCache(),
    eventDelayMs: options.eventDelayMs ?? 0,
    replay: createReplay(options.replay ?? {}),
    faults: createFaultScript(options.faults ?? [], options.standingFaults),
    openAiEndpoint: options.openAiEndpoint ?? "either",
    mantleReasoningField: options.mantleReasoningField ?? "reasoning",
  };
  const requests: RequestRecord[] = [];
  const host = options.host ?? "127.0.0.1";
  if (host.trim() === "") throw new TypeError("host is empty: give an address, such as 127.0.0.1.");
  const certificate = options.tls === true ? await selfSignedCertificate(host) : options.tls || undefined;
  const handler: Handler = (request, reply) => {
    void handle(request, reply, state, {
      begin: (record) => {
        if (options.keepRequests !== false) requests.push(record);
      },
      complete: (record) => options.onRequest?.(record),
    });
  };
  const server = await listen(options.port ?? 0, host, handler, certificate);
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `${certificate ? "https" : "http"}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${server.port}`;
  return {
    url,
    env: environment(url, region, first),
    region,
    accountId,
    credentials: first,
    bearerToken: apiKeys[0] ?? "",
    sources: {
      instance: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: "false" },
      container: {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: identity.containerToken,
      },
      containerPath: `/v2/credentials/${identity.containerId}`,
      webIdentityToken: identity.webIdentityTokens[0] ?? "",
      ssoToken: [...identity.ssoTokens][0] ?? "",
      ssoRefreshToken: [...identity.ssoRefreshTokens][0] ?? "",
    },
    ...(certificate && { certificate: certificate.cert }),
    requests,
    close: () => server.close(),
  };
}

function environment(url: string, region: string, credentials: EmulatorCredentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_REGION: region,
    // What the AWS CLI v1 and boto3 read instead.
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_BEDROCK: url,
    AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
    AWS_ENDPOINT_URL_BEDROCK_MANTLE: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ENDPOINT_URL_SSO: url,
    AWS_ENDPOINT_URL_SSO_OIDC: url,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
