import { redact } from "./redact.ts";

/** What was wrong with identity, region or endpoint. The words are a subset of the kinds of `BedrockError`. */
export type AwsAuthErrorKind =
  /** Nothing that could identify the caller was found, or what was found did not work. */
  | "no-credentials"
  /** Credentials, SSO session or bearer token are past their end. */
  | "expired-credentials"
  /** AWS knows the caller, but does not let it take the role. */
  | "access-denied"
  /** A bearer token belongs to another region than the one asked for. */
  | "wrong-region"
  /** A service that hands out credentials did not answer. */
  | "unreachable"
  /** A setting is not usable; nothing was sent. */
  | "invalid-config";

export interface AwsAuthErrorInit {
  readonly kind: AwsAuthErrorKind;
  /** What happened, to what. */
  readonly problem: string;
  /** What to do next. */
  readonly fix: string;
}

/**
 * The error of this package. `message` is one line: the problem, then the fix; both are redacted. The original error is
 * not attached as `cause`, because errors of credential providers may quote what a credential process printed.
 */
export class AwsAuthError extends Error {
  override readonly name = "AwsAuthError";
  readonly kind: AwsAuthErrorKind;
  readonly problem: string;
  readonly fix: string;

  constructor({ kind, problem, fix }: AwsAuthErrorInit) {
    const what = sentence(redact(problem));
    const todo = sentence(redact(fix));
    super(`${what} ${todo}`);
    this.kind = kind;
    this.problem = what;
    this.fix = todo;
  }
}

function sentence(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  return /[.!?…]$/u.test(line) ? line : `${line}.`;
}
