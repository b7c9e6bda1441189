import { AwsAuthError } from "../aws-auth-error.ts";
import { redact } from "../redact.ts";
import type { CredentialDescription } from "../types.ts";
import type { Flaw } from "./describe-chain.ts";

/** What the error of a credential provider tells, besides its text. */
interface ProviderError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
}

/**
 * Turns whatever a credential provider threw into one line that says what to do. `secrets` are the values that must not show
 * in it, whatever the provider quotes; `flaws` what is half configured.
 */
export function explainFailure(
  error: unknown,
  { kind, source }: CredentialDescription,
  secrets: Iterable<string | undefined>,
  flaws: readonly Flaw[] = [],
): AwsAuthError {
  if (error instanceof AwsAuthError) return error;
  const { name, message: text, code } = read(error);
  // The SDK's own advice about SSO is replaced by the command to type.
  // A failed process quotes its command line and what it wrote, which may hold anything.
  const message = redact(text, secrets)
    .replace(/\s*To refresh this SSO session.*$/su, "")
    .replace(/^Command failed:.*$/su, "its command failed");
  const profile = /profile "(?<name>[^"]*)"/u.exec(source)?.groups?.["name"];
  const said = message ? `: ${message}` : "";

  if (
    profile &&
    /\bSSO\b/iu.test(`${source} ${message}`) &&
    /expired|invalid|refresh|not found|could not/iu.test(message)
  ) {
    return new AwsAuthError({
      kind: "expired-credentials",
      problem: `The SSO session of profile "${profile}" is expired or missing${said}`,
      fix: `Run aws sso login --profile ${profile}`,
    });
  }
  if (/ExpiredToken/u.test(name) || /\bexpired\b/iu.test(message)) {
    return new AwsAuthError({
      kind: "expired-credentials",
      problem: `The credentials of ${source} are expired${said}`,
      fix: "Sign in again, or renew them where they come from",
    });
  }
  if (/AccessDenied|Unauthorized|Forbidden/u.test(`${name} ${message}`)) {
    return new AwsAuthError({
      kind: "access-denied",
      problem: `AWS refused to give credentials for ${source}${said}`,
      fix: source.endsWith("(SSO)")
        ? `Check that sso_account_id and sso_role_name of profile "${profile}" are assigned to you`
        : "Check the trust policy of the role and who may assume it",
    });
  }
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/u.test(`${code} ${message}`)) {
    if (kind !== "instance-metadata") {
      return new AwsAuthError({
        kind: "unreachable",
        problem: `The service that gives the credentials of ${source} cannot be reached${said}`,
        fix: "Check the network, proxy and endpoint settings",
      });
    }
  }
  if (kind === "none" || kind === "instance-metadata") return nothingFound(flaws);
  return new AwsAuthError({
    kind: "no-credentials",
    problem: `The credentials of ${source} cannot be used${said}`,
    fix: profile ? profileFix(profile, source) : CHECKS[kind],
  });
}

function profileFix(profile: string, source: string): string {
  if (source.endsWith("(credential process)")) {
    return `Run the command of credential_process in profile "${profile}" by hand: it must end without error and print JSON`;
  }
  if (source.endsWith("(assume-role)"))
    return `Check role_arn and source_profile or credential_source of profile "${profile}"`;
  return `Check profile "${profile}", or run aws configure --profile ${profile}`;
}

const CHECKS: Readonly<Record<Exclude<CredentialDescription["kind"], "none" | "instance-metadata">, string>> = {
  bearer: "Check the bearer token",
  explicit: "Check what the option credentials gives",
  env: "Check the environment variables",
  profile: "Check the profile",
  "web-identity": "Check the token file and the trust policy of the role",
  container:
    "Check the variable, the authorization token beside it, that the endpoint answers, and that the task or pod has a role",
};

/** No link of the chain has credentials. What is half configured is named, for it is what was meant. */
function nothingFound([flaw]: readonly Flaw[]): AwsAuthError {
  if (flaw) {
    const problem = `No AWS credentials were found: ${flaw.problem}, and there are no others`;
    return new AwsAuthError({ kind: "invalid-config", problem, fix: flaw.fix });
  }
  return new AwsAuthError({
    kind: "no-credentials",
    problem:
      "No AWS credentials were found: no AWS_BEARER_TOKEN_BEDROCK, no AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, no profile in " +
      "the shared files, no web identity, container or instance role",
    fix: "Run aws configure or aws sso login --profile <name> and set AWS_PROFILE, or set AWS_BEARER_TOKEN_BEDROCK to a Bedrock API key",
  });
}

function read(error: unknown): ProviderError {
  if (!(error instanceof Error)) return { name: "", message: String(error), code: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { name: error.name, message: error.message, code };
}
