/** What kind of failure it was, stable across releases. */
export type ErrorKind =
  /** Too many requests or tokens right now; the same request may pass later. */
  | "throttled"
  /** A daily quota is used up; retrying soon does not help. */
  | "quota-exhausted"
  /** IAM or the bearer token does not allow the action. */
  | "access-denied"
  /** The account has no access to the model yet: agreement, marketplace subscription or use-case form. */
  | "model-access"
  /** No such model in this region. */
  | "model-not-found"
  /** The model exists, but must be invoked through an inference profile. */
  | "not-on-demand"
  /** The credentials or the resource belong to another region. */
  | "wrong-region"
  /** The conversation is longer than the model's context window. */
  | "context-overflow"
  /** Credentials or token are expired. */
  | "expired-credentials"
  /** No credentials could be resolved. */
  | "no-credentials"
  /** AWS does not know the key or token, or the signature made with it is wrong. */
  | "invalid-credentials"
  /** A guardrail blocked the prompt or the answer. */
  | "guardrail-blocked"
  /** The model declined to answer, or a content filter of the service stopped it. */
  | "refused"
  /** The service or the model is temporarily unavailable. */
  | "overloaded"
  /** No answer in time. */
  | "timeout"
  /** The caller aborted. */
  | "aborted"
  /** The endpoint could not be reached: DNS, connection refused or reset, TLS. */
  | "unreachable"
  /** The answer broke the protocol: a cut stream, a corrupt frame, malformed tool input. */
  | "protocol"
  /** A setting or argument of the caller is not usable; nothing was sent. */
  | "invalid-config"
  /** The service refused the request itself. */
  | "invalid-request"
  /** None of the above. */
  | "unknown";

/** What the service said, as it said it. */
export interface ServiceAnswer {
  /** The service's exception name, e.g. `ValidationException`. */
  readonly name?: string | undefined;
  /** HTTP status. */
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface BedrockErrorInit {
  readonly kind: ErrorKind;
  /** What happened, to what. No trailing full stop is needed. */
  readonly problem: string;
  /** What to do next. */
  readonly fix?: string | undefined;
  readonly service?: ServiceAnswer | undefined;
  readonly cause?: unknown;
}

/**
 * The error of every Clawrock package. `message` is one line: the problem, then the fix. Thrown by functions that
 * return promises; streams put it into their `error` event instead.
 */
export class BedrockError extends Error {
  override readonly name = "BedrockError";
  readonly kind: ErrorKind;
  readonly problem: string;
  readonly fix: string | undefined;
  readonly service: ServiceAnswer | undefined;

  constructor(init: BedrockErrorInit) {
    super(oneLine(init), init.cause === undefined ? undefined : { cause: init.cause });
    this.kind = init.kind;
    this.problem = init.problem;
    this.fix = init.fix;
    this.service = init.service;
  }

  /** Whether the same request may succeed if sent again after a while. */
  get retryable(): boolean {
    return (
      this.kind === "throttled" || this.kind === "overloaded" || this.kind === "timeout" || this.kind === "unreachable"
    );
  }
}

function oneLine({ problem, fix, service }: BedrockErrorInit): string {
  const what = ended(problem.replace(/\s+/gu, " ").trim());
  const todo = fix ? ` ${ended(fix.replace(/\s+/gu, " ").trim())}` : "";
  const id = service?.requestId ? ` (request id ${service.requestId})` : "";
  return `${what}${todo}${id}`;
}

function ended(sentence: string): string {
  return /[.!?…)]$/u.test(sentence) ? sentence : `${sentence}.`;
}
