import type { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import type { AwsSession } from "@clawrock/aws-auth";

/** What is used of `@aws-sdk/client-bedrock-runtime`. */
export type RuntimeSdk = Pick<
  typeof import("@aws-sdk/client-bedrock-runtime"),
  "BedrockRuntimeClient" | "ConverseCommand" | "ConverseStreamCommand" | "CountTokensCommand"
>;

export interface RuntimeClient {
  readonly sdk: RuntimeSdk;
  readonly client: BedrockRuntimeClient;
}

let sdk: Promise<RuntimeSdk> | undefined;

/** The SDK is loaded by the first call: importing this package costs next to nothing. */
function loadSdk(): Promise<RuntimeSdk> {
  sdk ??= loadCommands();
  return sdk;
}

/** By name, so that a bundler leaves the other commands out. */
async function loadCommands(): Promise<RuntimeSdk> {
  const { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, CountTokensCommand } = await import(
    "@aws-sdk/client-bedrock-runtime"
  );
  return { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, CountTokensCommand };
}

/** One client per request region, for as long as the pool lives; the sockets are the session's. */
export class ClientPool {
  readonly #aws: AwsSession;
  readonly #load: () => Promise<RuntimeSdk>;
  readonly #clients = new Map<string, BedrockRuntimeClient>();

  constructor(aws: AwsSession, load: () => Promise<RuntimeSdk> = loadSdk) {
    this.#aws = aws;
    this.#load = load;
  }

  /** Where a model's requests go. */
  place(arnRegion: string | undefined): { readonly region: string; readonly server: string } {
    const view = this.#view(arnRegion);
    return { region: view.region.name, server: new URL(view.endpoint("bedrock-runtime")).host };
  }

  async client(arnRegion: string | undefined): Promise<RuntimeClient> {
    const sdk = await this.#load();
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
