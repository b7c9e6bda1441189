import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsCredentialIdentityProvider, TokenIdentityProvider } from "@smithy/types";

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

/** Ready for any AWS SDK v3 client of Bedrock. */
export interface AwsClientConfig {
  region: string;
  /** Set together with `credentials` or `token`, so that an ambient bearer never overrides what was chosen. */
  authSchemePreference: string[];
  credentials?: AwsCredentialIdentityProvider;
  token?: TokenIdentityProvider;
  endpoint?: string;
  requestHandler: NodeHttpHandler;
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
  /** An explicit Bedrock API key. */
  readonly bearerToken?: string | undefined;
  /** Base URLs per service; they beat the `AWS_ENDPOINT_URL*` variables. */
  readonly endpoints?: Partial<Record<BedrockService, string>> | undefined;
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
  /** Which credential source will be used and why. No network. */
  describe(): CredentialDescription;
  /** Resolves the credentials once. @throws BedrockError-shaped error of kind `no-credentials` or `expired-credentials`. */
  identity(): Promise<{
    readonly accessKeyId: string | undefined;
    readonly expiresAt: Date | undefined;
    readonly source: string;
  }>;
  /** A cheap view in another region or at another endpoint. */
  in(view: AwsViewOptions): AwsSession;
  /** Ready for `new BedrockRuntimeClient(…)` and `new BedrockClient(…)`. */
  clientConfig(service: "bedrock" | "bedrock-runtime"): AwsClientConfig;
  /** The base URL of a service in this view's region, custom endpoints included; no trailing slash. */
  endpoint(service: BedrockService): string;
  /** The explicit bearer token, or one minted from the credentials; cached and refreshed early. */
  bearerToken(options?: { readonly fresh?: boolean | undefined }): Promise<BearerToken>;
  /** Closes the kept-alive connections of the session and all its views. */
  close(): void;
}
