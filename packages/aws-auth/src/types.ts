import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsCredentialIdentityProvider, TokenIdentityProvider } from "@smithy/types";
import type { ClientExtension } from "./authentication/renew-once.ts";
import type { AwsAuthError } from "./aws-auth-error.ts";

/** The Bedrock services a session connects to. */
export type BedrockService = "bedrock" | "bedrock-runtime" | "bedrock-mantle";

/** A region and where it was found. */
export interface ResolvedRegion {
  readonly name: string;
  /** Words for people, e.g. `AWS_REGION`, `option region`, `the model's ARN`, `profile "work"`, `default`. */
  readonly source: string;
}

/** Which credentials will be used, told without any network and without any secret. */
export interface CredentialDescription {
  readonly kind:
    | "bearer"
    | "explicit"
    | "env"
    | "profile"
    | "web-identity"
    | "container"
    | "instance-metadata"
    | "none";
  /** Words for people, e.g. `AWS_BEARER_TOKEN_BEDROCK`, `profile "work" (SSO)`. */
  readonly source: string;
  /** Why this one: which others were seen and why they lose. */
  readonly why: string;
}

/** A bearer token for Bedrock and its end, if it can be read from the token. */
export interface BearerToken {
  readonly token: string;
  readonly expiresAt: Date | undefined;
}

/**
 * The request handler of a session, shared by all its clients. It does what a `NodeHttpHandler` does, but a client's
 * `destroy()` leaves the connections open for the others.
 */
export type SharedRequestHandler = Pick<NodeHttpHandler, keyof NodeHttpHandler>;

/** What the global `fetch` is, over other connections. */
export type SessionFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Ready for any AWS SDK v3 client of Bedrock. */
export interface AwsClientConfig {
  region: string;
  /**
   * Asked at each request: `httpBearerAuth` or `sigv4`, as the session's identity is then. Always set, so that an ambient bearer
   * never overrides what was chosen.
   */
  authSchemePreference: () => Promise<string[]>;
  credentials: AwsCredentialIdentityProvider;
  token: TokenIdentityProvider;
  /** One fresh resolution and one retry where the service refuses the credentials or the bearer token. */
  extensions: ClientExtension[];
  /** Set only where it is another than the SDK would choose for region, FIPS and dual-stack. */
  endpoint?: string;
  /** The session has read the endpoint settings of environment and profile itself. */
  ignoreConfiguredEndpointUrls: boolean;
  useFipsEndpoint: boolean;
  useDualstackEndpoint: boolean;
  requestHandler: SharedRequestHandler;
}

/** How a session connects. */
export interface ConnectionOptions {
  /**
   * HTTP/2 instead of HTTP/1.1. Default: false. HTTP/1.1 is used all the same where a variable names a proxy; the connect timeout
   * has no effect on HTTP/2.
   */
  readonly http2?: boolean | undefined;
  /** Time to establish a connection. Default: 10 seconds. */
  readonly connectTimeoutMs?: number | undefined;
  /** Time from a request to the head of its answer. Default: 15 minutes, for a model may think that long before it answers. */
  readonly firstByteTimeoutMs?: number | undefined;
  /** Silence on a connection in the middle of an answer. Default: 15 minutes. */
  readonly idleTimeoutMs?: number | undefined;
}

export interface AwsSessionOptions {
  readonly region?: string | undefined;
  /** A profile of the shared files; beats an ambient bearer token. */
  readonly profile?: string | undefined;
  /** Static credentials or a provider of them; beat an ambient bearer token. */
  readonly credentials?:
    | AwsCredentialIdentityProvider
    | { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
    | undefined;
  /**
   * A lasting name for whoever `credentials` stand for, for `sourceId()`. Without it keys are known by their id, and a function is
   * another source in each process.
   */
  readonly credentialsId?: string | undefined;
  /** An explicit Bedrock API key. */
  readonly bearerToken?: string | undefined;
  /** Base URLs per service; they beat the `AWS_ENDPOINT_URL*` variables. */
  readonly endpoints?: Partial<Record<BedrockService, string>> | undefined;
  /**
   * Whether the EC2 instance metadata service is asked when nothing else is configured. `auto` (default): for calls to AWS, and
   * by `identity()` only when asked to; `allow`: by `identity()` too; `never`: not at all. A profile that names it as its
   * `credential_source` has asked.
   */
  readonly instanceMetadata?: "auto" | "allow" | "never" | undefined;
  /**
   * Told when credentials begin to fail; not again before they worked in between or fail otherwise. For a log: a failing chain
   * is one line, however many requests meet it.
   */
  readonly onFailure?: ((error: AwsAuthError) => void) | undefined;
  readonly connections?: ConnectionOptions | undefined;
  /** The environment to read markers and region from. Default: the process's. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What a view of a session may change. */
export interface AwsViewOptions {
  /** The caller's own choice of region; beats everything. */
  readonly region?: string | undefined;
  /** The region of the model's ARN; beats all but an explicit region. */
  readonly arnRegion?: string | undefined;
  /** A base URL for bedrock-runtime. */
  readonly endpoint?: string | undefined;
}

/**
 * Who you are and where you connect. Views made by `in` share credentials, tokens and connections. Nothing on it prints
 * a secret: `toString`, `inspect` and JSON give the region and the credential source only.
 */
export interface AwsSession {
  readonly region: ResolvedRegion;
  /** The partition of that region: `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
  /** Which credential source will be used and why. No network. */
  describe(): CredentialDescription;
  /**
   * Resolves the credentials once; `accessKeyId` is undefined for a bearer token. The instance metadata service is asked only with
   * `instanceMetadata: true` or if the session says `allow`.
   * @throws AwsAuthError, e.g. of kind `no-credentials` or `expired-credentials`.
   */
  identity(options?: { readonly instanceMetadata?: boolean | undefined }): Promise<{
    readonly accessKeyId: string | undefined;
    readonly expiresAt: Date | undefined;
    readonly source: string;
  }>;
  /**
   * A name for the source of the credentials, for keys of caches that outlive the process: the same for as long as the same
   * source is configured, whatever credentials it gives; another for another account. No network, and no secret in it.
   */
  sourceId(): string;
  /**
   * The id of the account of the credentials, which are resolved first: from their source if it tells, else from STS, which needs
   * no permission. Asked once for each access key.
   * @throws AwsAuthError of kind `invalid-config` for a bearer token, which does not tell its account; else as `identity()`.
   */
  accountId(): Promise<string>;
  /** A cheap view in another region or at another endpoint. */
  in(view: AwsViewOptions): AwsSession;
  /**
   * Ready for `new BedrockRuntimeClient(…)` and `new BedrockClient(…)`.
   * @throws AwsAuthError of kind `invalid-config` if region or endpoint are malformed; credentials fail at the first request.
   */
  clientConfig(service: "bedrock" | "bedrock-runtime"): AwsClientConfig;
  /**
   * The region of requests to a service: another than `region` only where no region is set and custom endpoints of two services name two.
   * @throws AwsAuthError of kind `invalid-config` if it is malformed.
   */
  regionOf(service: BedrockService): string;
  /** The base URL of a service in this view's region, custom endpoints included; no trailing slash. */
  endpoint(service: BedrockService): string;
  /**
   * The bearer token that was given, or a short-term Bedrock API key made from the credentials for this view's region: asked
   * for two hours, used for one, never longer than the credentials live. `fresh` resolves and makes anew, as after a 401. `service` is
   * the one it is for, by default `bedrock-mantle`.
   * @throws AwsAuthError, e.g. of kind `wrong-region` for a given short-term key of another region.
   */
  bearerToken(options?: {
    readonly fresh?: boolean | undefined;
    readonly service?: BedrockService | undefined;
  }): Promise<BearerToken>;
  /**
   * A `fetch` over the session's connections: its proxies, authorities and timeouts. It sends what it is given and adds no
   * credentials; a redirect is never followed but is the answer; answers are not asked for in compressed form.
   * @throws AwsAuthError where the session's settings are to blame, `TypeError("fetch failed")` with its cause otherwise.
   */
  readonly fetch: SessionFetch;
  /** Closes the kept-alive connections of the session and all its views. */
  close(): void;
}
