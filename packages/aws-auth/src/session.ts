import { inspect } from "node:util";
import type { AwsCredentialIdentity, TokenIdentity } from "@smithy/types";
import { atMostEvery } from "./at-most-every.ts";
import { explainFailure } from "./credentials/explain-failure.ts";
import { checkedEndpoint } from "./endpoints/custom-endpoint.ts";
import { chooseEndpoint, type EndpointChoice, endpointUrl } from "./endpoints/endpoint-choice.ts";
import { type RegionSources, resolveRegion } from "./endpoints/region.ts";
import { LOOK_MS, present } from "./environment.ts";
import { hideSecrets } from "./hide-secrets.ts";
import { SessionCore } from "./session-core.ts";
import { checkToken } from "./tokens/check-token.ts";
import type {
  AwsClientConfig,
  AwsSession,
  AwsSessionOptions,
  AwsViewOptions,
  BearerToken,
  BedrockService,
  CredentialDescription,
  ResolvedRegion,
} from "./types.ts";

/**
 * Opens a session: who you are and where you connect. Nothing is loaded, read or asked yet, but the options are checked.
 *
 * @throws AwsAuthError of kind `invalid-config` for a malformed region or endpoint option, half a key pair, or an `env` whose
 *   credential variables differ from the process's.
 */
export function awsSession(options: AwsSessionOptions = {}): AwsSession {
  const core = new SessionCore(options);
  core.check();
  return new View(core, {});
}

class View implements AwsSession {
  readonly #core: SessionCore;
  readonly #view: AwsViewOptions;
  readonly #mantle: () => EndpointChoice = atMostEvery(LOOK_MS, () =>
    chooseEndpoint("bedrock-mantle", this.#sources()),
  );

  constructor(core: SessionCore, view: AwsViewOptions) {
    this.#core = core;
    this.#view = view;
  }

  get region(): ResolvedRegion {
    return resolveRegion("bedrock-runtime", this.#sources());
  }

  describe(): CredentialDescription {
    return this.#core.identity().description;
  }

  async identity(): ReturnType<AwsSession["identity"]> {
    const identity = this.#core.identity();
    const { source } = identity.description;
    if (identity.kind === "bearer") {
      const { expiresAt } = checkToken(identity.token, this.region.name, source, Date.now());
      return { accessKeyId: undefined, expiresAt, source };
    }
    const { accessKeyId, expiration } = await this.#core.credentials.get();
    return { accessKeyId, expiresAt: expiration, source };
  }

  in(view: AwsViewOptions): AwsSession {
    const merged = {
      region: present(view.region) ?? this.#view.region,
      arnRegion: present(view.arnRegion) ?? this.#view.arnRegion,
      endpoint: present(view.endpoint) ?? this.#view.endpoint,
    };
    if (merged.endpoint) checkedEndpoint(merged.endpoint, "option endpoint");
    return new View(this.#core, merged);
  }

  clientConfig(service: "bedrock" | "bedrock-runtime"): AwsClientConfig {
    const { region, pinned, fips, dualStack } = chooseEndpoint(service, this.#sources());
    return {
      region,
      ...this.#authentication(region),
      ...(pinned === undefined ? {} : { endpoint: pinned }),
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: fips,
      useDualstackEndpoint: dualStack,
      requestHandler: this.#core.handler,
    };
  }

  endpoint(service: BedrockService): string {
    return endpointUrl(service, chooseEndpoint(service, this.#sources()));
  }

  async bearerToken({ fresh = false }: { readonly fresh?: boolean | undefined } = {}): Promise<BearerToken> {
    const { region } = this.#mantle();
    const identity = this.#core.recentIdentity();
    if (identity.kind === "bearer") {
      return checkToken(identity.token, region, identity.description.source, Date.now());
    }
    return this.#core.mint.get(region, fresh);
  }

  close(): void {
    this.#core.handler.close();
  }

  toJSON(): { readonly region: string; readonly credentials: string } {
    return { region: this.#shownRegion(), credentials: this.describe().source };
  }

  toString(): string {
    const { region, credentials } = this.toJSON();
    return `AwsSession(${region}, ${credentials})`;
  }

  [inspect.custom](): string {
    return this.toString();
  }

  /** Printing a session must not throw, even where its region is no region. */
  #shownRegion(): string {
    try {
      return this.region.name;
    } catch {
      return "invalid region";
    }
  }

  #sources(): RegionSources {
    return this.#core.sources(this.#view);
  }

  /**
   * Preference and provider are always set together: the SDK would otherwise prefer an ambient bearer token to explicit
   * credentials, and take a blank one for a token.
   */
  #authentication(region: string): Pick<AwsClientConfig, "authSchemePreference" | "credentials" | "token"> {
    const core = this.#core;
    if (core.identity().kind === "credentials") {
      const credentials = async (how?: { readonly forceRefresh?: boolean }): Promise<AwsCredentialIdentity> =>
        core.credentials.get({ fresh: how?.forceRefresh });
      // The SDK keeps what a provider gives for the life of a client; this session's cache notices changes.
      return { authSchemePreference: ["sigv4"], credentials: Object.assign(credentials, { memoized: true }) };
    }
    const token = async (): Promise<TokenIdentity> => {
      const identity = core.recentIdentity();
      if (identity.kind !== "bearer") throw explainFailure(new Error("it is gone"), identity.description, []);
      const { token: text, expiresAt } = checkToken(identity.token, region, identity.description.source, Date.now());
      // One that stands in the environment may be replaced there: an end that is now makes the SDK ask at each request.
      const expiration = identity.ambient ? new Date() : expiresAt;
      return hideSecrets({ token: text, ...(expiration && { expiration }) }, ["token"]);
    };
    return { authSchemePreference: ["httpBearerAuth"], token };
  }
}
