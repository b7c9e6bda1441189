import type { AwsCredentialIdentity, Logger } from "@smithy/types";
import { processEnvironment } from "../environment.ts";
import type { SharedRequestHandler } from "../types.ts";
import type { Reach } from "./credential-cache.ts";

export interface LoadOptions extends Reach {
  /** Where STS and the SSO portal are asked, if nothing else says. */
  readonly region: string;
  /** The connections by which they are asked: the session's, with its proxy and authorities. */
  readonly requestHandler: SharedRequestHandler;
}

/** The SDK prints a warning about keys beside AWS_PROFILE to the console; `describe()` says it instead. */
const quiet: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Resolves the AWS SDK's default chain once, without its last link where the instance metadata service is not to be asked. A
 * new chain each time, and the files read anew: the SDK keeps static credentials and file contents for the life of the process.
 */
export async function loadChain(options: LoadOptions): Promise<AwsCredentialIdentity> {
  const sdk = await import("@aws-sdk/credential-providers");
  const init = initOf(options);
  if (options.instanceMetadata) return sdk.fromNodeProviderChain(init)();
  const env = processEnvironment();
  const container = env["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] || env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  const links = [
    ...(env["AWS_PROFILE"] ? [] : [sdk.fromEnv(init)]),
    ...[sdk.fromIni(init), sdk.fromProcess(init), sdk.fromTokenFile(init)],
    ...(container ? [sdk.fromHttp(init), sdk.fromContainerMetadata(init)] : []),
  ];
  return sdk.createCredentialChain(...links)();
}

/** Resolves one profile, and nothing else if it fails. */
export async function loadProfile(profile: string, options: LoadOptions): Promise<AwsCredentialIdentity> {
  const { fromIni } = await import("@aws-sdk/credential-providers");
  return fromIni({ profile, ...initOf(options) })();
}

function initOf({ region, requestHandler }: LoadOptions): {
  readonly logger: Logger;
  readonly ignoreCache: true;
  readonly parentClientConfig: { readonly region: string; readonly requestHandler: SharedRequestHandler };
  readonly clientConfig: { readonly requestHandler: SharedRequestHandler };
} {
  return {
    logger: quiet,
    ignoreCache: true,
    parentClientConfig: { region, requestHandler },
    // The client that refreshes SSO tokens takes its connections from here alone.
    clientConfig: { requestHandler },
  };
}

function nothing(): void {}
