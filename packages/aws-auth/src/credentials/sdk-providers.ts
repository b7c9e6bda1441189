import type { AwsCredentialIdentity, Logger } from "@smithy/types";

/** The SDK prints a warning about keys beside AWS_PROFILE to the console; `describe()` says it instead. */
const quiet: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Resolves the AWS SDK's default chain once. A new chain each time, and the files read anew: the SDK keeps static
 * credentials and file contents for the life of the process.
 */
export async function loadChain(region: string): Promise<AwsCredentialIdentity> {
  const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  return fromNodeProviderChain({ logger: quiet, ignoreCache: true, parentClientConfig: { region } })();
}

/** Resolves one profile, and nothing else if it fails. */
export async function loadProfile(profile: string, region: string): Promise<AwsCredentialIdentity> {
  const { fromIni } = await import("@aws-sdk/credential-providers");
  return fromIni({ profile, logger: quiet, ignoreCache: true, parentClientConfig: { region } })();
}

function nothing(): void {}
