import type { AwsCredentialIdentity } from "@smithy/types";
import { atMostEvery } from "./at-most-every.ts";
import { AwsAuthError } from "./aws-auth-error.ts";
import type { CaBundle } from "./connections/authorities.ts";
import { SharedHandler } from "./connections/shared-handler.ts";
import { accountOf } from "./credentials/account-of.ts";
import { chooseIdentity, type Identity } from "./credentials/choose-identity.ts";
import { CredentialCache, type CredentialRequest, type Reach } from "./credentials/credential-cache.ts";
import { explainFailure } from "./credentials/explain-failure.ts";
import { sourceId } from "./credentials/source-id.ts";
import { checkedEndpoint } from "./endpoints/custom-endpoint.ts";
import { type RegionSources, resolveRegion } from "./endpoints/region.ts";
import {
  CREDENTIAL_VARIABLES,
  checkCredentialVariables,
  type Environment,
  LOOK_MS,
  present,
  processEnvironment,
  SECRET_VARIABLES,
} from "./environment.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { readSharedFiles, type SharedFiles, signInVersion } from "./shared-files/shared-files.ts";
import { TokenMint } from "./tokens/token-mint.ts";
import type { AwsSessionOptions, AwsViewOptions } from "./types.ts";

/** What all views of a session share. */
export class SessionCore {
  readonly options: AwsSessionOptions;
  readonly handler: SharedHandler;
  /** For the sources of credentials, whose clients speak HTTP/1.1 only. */
  readonly sourceHandler: SharedHandler;
  readonly credentials: CredentialCache;
  readonly mint: TokenMint;
  #recent = this.#watchIdentity();
  #account: { readonly accessKeyId: string; readonly id: string } | undefined;
  /** The identity in force, as requests see it. */
  recentIdentity(): Identity {
    return this.#recent();
  }

  constructor(options: AwsSessionOptions) {
    this.options = options;
    const caBundle = (): CaBundle | undefined => this.caBundle();
    this.handler = new SharedHandler({ ...options.connections, caBundle });
    this.sourceHandler = options.connections?.http2
      ? new SharedHandler({ ...options.connections, http2: false, caBundle })
      : this.handler;
    this.credentials = new CredentialCache({
      load: (reach) => this.#load(reach),
      fingerprint: () => this.#fingerprint(),
      repairs: signInVersion,
      onFailure: (error) => error instanceof AwsAuthError && options.onFailure?.(error),
    });
    this.mint = new TokenMint({ credentials: (how) => this.modelCredentials(how) });
  }

  get env(): Environment {
    return this.options.env ?? processEnvironment();
  }

  check(): void {
    const { region, endpoints = {}, env, bearerToken, credentials } = this.options;
    if (env && !credentials && !present(bearerToken)) checkCredentialVariables(env);
    if (present(region)) resolveRegion("bedrock-runtime", this.sources({}));
    for (const [service, url] of Object.entries(endpoints)) {
      if (present(url)) checkedEndpoint(url, `option endpoints["${service}"]`);
    }
    this.identity();
  }

  sources(view: AwsViewOptions): RegionSources {
    let files: SharedFiles | undefined;
    return { options: this.options, view, env: this.env, files: () => (files ??= readSharedFiles()) };
  }

  /** The identity in force now. The environment read is the process's, for it is the one the AWS SDK reads. */
  identity(): Identity {
    return chooseIdentity(this.options, processEnvironment(), readSharedFiles());
  }

  /** Credentials for a call to a model or a list: all of the chain is asked, unless the session forbids its last link. */
  modelCredentials({ fresh }: Pick<CredentialRequest, "fresh"> = {}): Promise<AwsCredentialIdentity> {
    return this.credentials.get({ fresh, instanceMetadata: this.options.instanceMetadata !== "never" });
  }

  /** A lasting name for where the identity comes from. */
  sourceId(): string {
    return sourceId(this.identity(), { options: this.options, env: processEnvironment(), files: readSharedFiles() });
  }

  /** The account of the credentials in force. */
  async accountId(region: string): Promise<string> {
    const { kind, description } = this.identity();
    if (kind === "bearer") {
      throw new AwsAuthError({
        kind: "invalid-config",
        problem: `The bearer token of ${description.source} does not tell its account`,
        fix: "Use AWS credentials where the account must be known",
      });
    }
    const credentials = await this.modelCredentials();
    const known = this.#account;
    if (known?.accessKeyId === credentials.accessKeyId) return known.id;
    try {
      const id = await accountOf({ credentials, region, requestHandler: this.sourceHandler });
      this.#account = { accessKeyId: credentials.accessKeyId, id };
      return id;
    } catch (error) {
      throw explainFailure(error, description, this.#secrets());
    }
  }

  /** Whether `identity()` may ask the instance metadata service. */
  asksInstanceMetadata(asked: boolean | undefined): boolean {
    const { instanceMetadata = "auto" } = this.options;
    return instanceMetadata === "allow" || (instanceMetadata === "auto" && asked === true);
  }

  /** The next request looks at environment and files, however short ago the last one did. */
  lookAgain(): void {
    this.#recent = this.#watchIdentity();
  }

  #watchIdentity(): () => Identity {
    return atMostEvery(LOOK_MS, () => this.identity());
  }

  /** What `AWS_CA_BUNDLE` or the profile's `ca_bundle` names. */
  caBundle(): CaBundle | undefined {
    const env = processEnvironment();
    const variable = present(env["AWS_CA_BUNDLE"]);
    if (variable) return { path: variable, source: "AWS_CA_BUNDLE" };
    const profile = present(this.options.profile) ?? present(env["AWS_PROFILE"]) ?? "default";
    const path = present(readSharedFiles().profile(profile)?.get("ca_bundle"));
    return path === undefined ? undefined : { path, source: `ca_bundle of profile "${profile}"` };
  }

  close(): void {
    this.handler.close();
    this.sourceHandler.close();
  }

  async #load({ instanceMetadata }: Reach): Promise<AwsCredentialIdentity> {
    const identity = this.identity();
    try {
      if (!instanceMetadata && identity.description.kind === "instance-metadata") throw notAsked(this.options);
      if (identity.kind === "bearer") throw new Error("a bearer token is used, and it signs nothing");
      const region = resolveRegion("bedrock-runtime", this.sources({})).name;
      const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } = await identity.load({
        region,
        instanceMetadata,
        requestHandler: this.sourceHandler,
      });
      if (!accessKeyId || !secretAccessKey) throw new Error("they lack an access key id or a secret access key");
      const life = expiration ? expiration.getTime() - Date.now() : Number.POSITIVE_INFINITY;
      if (life <= 0) throw new Error(`they expired at ${expiration?.toISOString()}`);
      return hideSecrets(
        {
          ...{ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
          ...{ ...(expiration && { expiration }), ...(accountId && { accountId }) },
        },
        ["secretAccessKey", "sessionToken"],
      );
    } catch (error) {
      const flaws = identity.kind === "credentials" ? identity.flaws : [];
      throw explainFailure(error, identity.description, this.#secrets(), flaws);
    }
  }

  /** Every secret that this session knows of. */
  #secrets(): (string | undefined)[] {
    const { bearerToken, credentials } = this.options;
    const env = processEnvironment();
    const given = typeof credentials === "object" ? [credentials.secretAccessKey, credentials.sessionToken] : [];
    return [present(bearerToken), ...given, ...SECRET_VARIABLES.map((name) => present(env[name]))];
  }

  #fingerprint(): string {
    if (this.options.credentials) return "explicit";
    const env = processEnvironment();
    return [...CREDENTIAL_VARIABLES.map((name) => env[name] ?? ""), readSharedFiles().version].join("\n");
  }
}

function notAsked({ instanceMetadata }: AwsSessionOptions): AwsAuthError {
  const how = instanceMetadata === "never" ? "the session forbids to ask for one" : "it is not asked for without need";
  return new AwsAuthError({
    kind: "no-credentials",
    problem: `No AWS credentials are configured; a role of this EC2 instance may be there, but ${how}`,
    fix:
      "Run aws configure or aws sso login --profile <name> and set AWS_PROFILE, or set AWS_BEARER_TOKEN_BEDROCK; " +
      "on an EC2 instance use identity({ instanceMetadata: true })",
  });
}
