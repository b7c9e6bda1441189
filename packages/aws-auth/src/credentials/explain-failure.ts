import { AwsAuthError } from "../aws-auth-error.ts";
import { redact } from "../redact.ts";
import type { CredentialDescription } from "../types.ts";

/** What the error of a credential provider tells, besides its text. */
interface ProviderError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
}

/**
 * Turns whatever a credential provider threw into one line that says what to do. `secrets` are the values that must not show
 * in it, whatever the provider quotes.
 */
export function explainFailure(
  error: unknown,
  { kind, source, why }: CredentialDescription,
  secrets: Iterable<string | undefined>,
): AwsAuthError {
  if (error instanceof AwsAuthError) return error;
  const { name, message: text, code } = read(error);
  const message = redact(text, secrets);
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
  if (/AccessDenied|Unauthorized|Forbidden/u.test(name)) {
    return new AwsAuthError({
      kind: "access-denied",
      problem: `AWS refused to give credentials for ${source}${said}`,
      fix: "Check the trust policy of the role and who may assume it",
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
  if (kind === "none" || kind === "instance-metadata") return nothingFound(why);
  return new AwsAuthError({
    kind: "no-credentials",
    problem: `The credentials of ${source} cannot be used${said}`,
    fix: profile ? `Check profile "${profile}", or run aws configure --profile ${profile}` : "Check where they are set",
  });
}

/** No link of the chain has credentials. `why` says what was looked at. */
export function nothingFound(why: string): AwsAuthError {
  return new AwsAuthError({
    kind: "no-credentials",
    problem:
      "No AWS credentials were found: looked for AWS_BEARER_TOKEN_BEDROCK, AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, " +
      `a profile in the shared files, web identity, container and instance roles. ${why}`,
    fix: "Run aws configure or aws sso login --profile <name>, set AWS_PROFILE, or set AWS_BEARER_TOKEN_BEDROCK to a Bedrock API key",
  });
}

function read(error: unknown): ProviderError {
  if (!(error instanceof Error)) return { name: "", message: String(error), code: "" };
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return { name: error.name, message: error.message, code };
}
