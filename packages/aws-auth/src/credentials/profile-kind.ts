import type { Section } from "../shared-files/parse-shared-file.ts";

/** How a profile gets its credentials, in the words of messages. */
export type ProfileKind =
  | "assume-role"
  | "static keys"
  | "web identity"
  | "credential process"
  | "SSO"
  | "login session";

/**
 * How the AWS SDK would resolve a profile; undefined if it holds no complete set of settings for any way. The order is the
 * SDK's (`resolveProfileData` of `@aws-sdk/credential-provider-ini`).
 */
export function profileKind(profile: Section): ProfileKind | undefined {
  const has = (name: string): boolean => profile.has(name);
  if (has("role_arn") && has("source_profile") !== has("credential_source")) return "assume-role";
  if (has("aws_access_key_id") && has("aws_secret_access_key")) return "static keys";
  if (has("web_identity_token_file") && has("role_arn")) return "web identity";
  if (has("credential_process")) return "credential process";
  if (["sso_start_url", "sso_account_id", "sso_session", "sso_region", "sso_role_name"].some(has)) return "SSO";
  if (has("login_session")) return "login session";
  return undefined;
}

/** What is wrong with a profile that resolves in no way, for messages. */
export function profileFlaw(profile: Section | undefined): string {
  if (!profile) return "is in neither shared file";
  if (profile.has("aws_access_key_id")) return "has aws_access_key_id without aws_secret_access_key";
  if (profile.has("aws_secret_access_key")) return "has aws_secret_access_key without aws_access_key_id";
  if (profile.has("role_arn"))
    return "has role_arn without source_profile, credential_source or web_identity_token_file";
  return "holds no credentials";
}
