import { atMostEvery } from "./at-most-every.ts";
import { authentication } from "./authentication/authentication.ts";
import { sessionFetch } from "./connections/session-fetch.ts";
import { checkedEndpoint } from "./endpoints/custom-endpoint.ts";
import { chooseEndpoint, endpointUrl } from "./endpoints/endpoint-choice.ts";
import { partitionOf } from "./endpoints/partitions.ts";
import { type RegionSources, resolveRegion } from "./endpoints/region.ts";
import { namingRegion } from "./endpoints/unknown-host.ts";
import { LOOK_MS, present } from "./environment.ts";
import { INSPECT } from "./inspect.ts";
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
  SessionFetch,
  SharedRequestHandler,
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

type TokenOptions = NonNullable<Parameters<AwsSession["bearerToken"]>[0]>;
type IdentityOptions = NonNullable<Parameters<AwsSession["identity"]>[0]>;

class View implements AwsSession {
  readonly #core: SessionCore;
  readonly #view: AwsViewOptions;
  readonly #handler: SharedRequestHandler;
  readonly fetch: SessionFetch;
  /** Regions as requests see them, which may be many. */
  readonly #regions: Readonly<Record<"bedrock-mantle" | "bedrock-runtime", () => string>> = {
    "bedrock-mantle": atMostEvery(LOOK_MS, () => this.regionOf("bedrock-mantle")),
    "bedrock-runtime": atMostEvery(LOOK_MS, () => this.regionOf("bedrock-runtime")),
  };

  constructor(core: SessionCore, view: AwsViewOptions) {
    this.#core = core;
    this.#view = view;
    this.#handler = namingRegion(core.handler, () => this.region);
    this.fetch = sessionFetch(this.#handler);
  }

  get region(): ResolvedRegion {
    return resolveRegion("bedrock-runtime", this.#sources());
  }

  get partition(): string {
    return partitionOf(this.region.name).id;
  }

  describe(): CredentialDescription {
    return this.#core.identity().description;
  }

  async identity({ instanceMetadata }: IdentityOptions = {}): ReturnType<AwsSession["identity"]> {
    const identity = this.#core.identity();
    const { source } = identity.description;
    if (identity.kind === "bearer") {
      const { expiresAt } = checkToken(identity.token, this.region.name, source, Date.now());
      return { accessKeyId: undefined, expiresAt, source };
    }
    const { accessKeyId, expiration } = await this.#core.credentials.get({
      instanceMetadata: this.#core.asksInstanceMetadata(instanceMetadata),
    });
    return { accessKeyId, expiresAt: expiration, source };
  }

  sourceId(): string {
    return this.#core.sourceId();
  }

  accountId(): Promise<string> {
    return this.#core.accountId(this.region.name);
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
      ...authentication(this.#core, region),
      ...(pinned === undefined ? {} : { endpoint: pinned }),
      ignoreConfiguredEndpointUrls: true,
      useFipsEndpoint: fips,
      useDualstackEndpoint: dualStack,
      requestHandler: this.#handler,
    };
  }

  regionOf(service: BedrockService): string {
    return chooseEndpoint(service, this.#sources()).region;
  }

  endpoint(service: BedrockService): string {
    return endpointUrl(service, chooseEndpoint(service, this.#sources()));
  }

  async bearerToken({ fresh = false, service = "bedrock-mantle" }: TokenOptions = {}): Promise<BearerToken> {
    const region = service === "bedrock" ? this.regionOf(service) : this.#regions[service]();
    const identity = this.#core.recentIdentity();
    if (identity.kind === "bearer") {
      return checkToken(identity.token, region, identity.description.source, Date.now());
    }
    return this.#core.mint.get(region, fresh);
  }

  close(): void {
    this.#core.close();
  }

  toJSON(): { readonly region: string; readonly credentials: string } {
    return { region: this.#shownRegion(), credentials: this.describe().source };
  }

  toString(): string {
    const { region, credentials } = this.toJSON();
    return `AwsSession(${region}, ${credentials})`;
  }

  [INSPECT](): string {
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
}
