import { AwsAuthError } from "./aws-auth-error.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment the AWS SDK reads. The one place of the house that touches `process.env`. */
export function processEnvironment(): Environment {
  return process.env;
}

/** A setting without its outer blanks; a blank one is absent. */
export function present(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** How long a change of the environment or of the shared files may go unnoticed by requests. */
export const LOOK_MS = 1_000;

/** Variables that decide which credentials the AWS SDK uses. */
export const CREDENTIAL_VARIABLES: readonly string[] = [
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_PROFILE",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_ROLE_ARN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_EC2_METADATA_DISABLED",
];

/** Those of them whose value is a secret. */
export const SECRET_VARIABLES: readonly string[] = [
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
];

/**
 * Refuses an environment whose credential variables are not the process's own: the AWS SDK reads the process's, so using
 * the other's region with them would sign with an identity nobody asked for.
 * @throws AwsAuthError of kind `invalid-config`, naming the variables.
 */
export function checkCredentialVariables(env: Environment): void {
  const own = processEnvironment();
  const differing = CREDENTIAL_VARIABLES.filter(
    (name) => present(env[name]) !== undefined && present(env[name]) !== present(own[name]),
  );
  if (differing.length === 0) return;
  throw new AwsAuthError({
    kind: "invalid-config",
    problem: `The given environment has another ${differing.join(", ")} than the process, whose credentials the AWS SDK uses`,
    fix: "Set it in the environment of the process, or pass `credentials`, `bearerToken` or `profile` as an option",
  });
}
