import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";

type Sdk = typeof import("@aws-sdk/client-bedrock-runtime");

export interface RuntimeClient {
  readonly sdk: Sdk;
  readonly client: BedrockRuntimeClient;
}

let sdk: Promise<Sdk> | undefined;

/** The SDK is loaded by the first call: importing this package costs next to nothing. */
function loadSdk(): Promise<Sdk> {
  sdk ??= import("@aws-sdk/client-bedrock-runtime");
  return sdk;
}

/** One client per request region, for as long as the pool lives; the sockets are the session's. */
export class ClientPool {
  readonly #aws: AwsSession;
  readonly #clients = new Map<string, BedrockRuntimeClient>();

  constructor(aws: AwsSession) {
    this.#aws = aws;
  }

  /** Where a model's requests go. */
  region(arnRegion: string | undefined): string {
    return this.#view(arnRegion).region.name;
  }

  async client(arnRegion: string | undefined): Promise<RuntimeClient> {
    const sdk = await loadSdk();
    const aws = this.#view(arnRegion);
    const region = aws.region.name;
    const known = this.#clients.get(region);
    if (known) return { sdk, client: known };
    const client = new sdk.BedrockRuntimeClient(aws.clientConfig("bedrock-runtime"));
    this.#clients.set(region, client);
    return { sdk, client };
  }

  #view(arnRegion: string | undefined): AwsSession {
    return arnRegion === undefined ? this.#aws : this.#aws.in({ arnRegion });
  }
}
