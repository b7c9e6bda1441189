import { BedrockError, type ErrorKind, type ServiceAnswer } from "./bedrock-error.ts";
import type { ErrorContext } from "./error-context.ts";
import { presentable } from "./presentable.ts";
import { SERVICE_RULES } from "./service-rules.ts";

/**
 * The error for an answer of the service: kind and fix from its name, status and message.
 * Texts and statuses: https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 */
export function bedrockErrorFromService(
  service: ServiceAnswer,
  context: ErrorContext = {},
  cause?: unknown,
): BedrockError {
  const message = presentable(service.message);
  const rule = SERVICE_RULES.find((candidate) => candidate.matches({ ...service, message }));
  const said = (message && modelsOwnWords(message)) || service.name || `HTTP status ${service.status ?? "unknown"}`;
  const where = [context.action, context.region && `in ${context.region}`].filter(Boolean).join(" ");
  return new BedrockError({
    kind: rule?.kind ?? "unknown",
    problem: where ? `${where}: ${said}` : said,
    fix: rule?.fix(context, message ?? ""),
    service: { ...service, message },
    cause,
  });
}

/**
 * What a model's own endpoint said, where the service hands its whole answer on as JSON behind a prefix:
 * `The model returned the following errors: {"type":"error","error":{"message":"…"}}`.
 */
function modelsOwnWords(message: string): string {
  const at = message.indexOf("{");
  if (at < 0 || !/errors?:\s*$/iu.test(message.slice(0, at))) return message;
  try {
    const answer = JSON.parse(message.slice(at)) as { message?: unknown; error?: { message?: unknown } };
    const inner = answer.error?.message ?? answer.message;
    return typeof inner === "string" && inner !== "" ? message.slice(0, at) + inner : message;
  } catch {
    return message;
  }
}

/** Any thrown value as a `BedrockError`: SDK exceptions, network errors, aborts, and errors that already have a kind. */
export function toBedrockError(error: unknown, context: ErrorContext = {}): BedrockError {
  if (error instanceof BedrockError) return error;
  if (!(error instanceof Error)) return new BedrockError({ kind: "unknown", problem: presentable(error) ?? NO_ERROR });
  if (hasKind(error))
    return new BedrockError({ kind: error.kind, problem: error.problem, fix: error.fix, cause: error });
  const network = networkError(error, context);
  if (network) return network;
  const { $metadata: metadata } = error as SdkException;
  const service: ServiceAnswer = {
    name: NAMELESS.has(error.name) ? undefined : error.name,
    status: metadata?.httpStatusCode,
    message: saidBy(error as SdkException),
    requestId: metadata?.requestId,
  };
  return bedrockErrorFromService(service, context, error);
}

const NO_ERROR = "Something that is not an error was thrown";

/** What the SDK calls an exception whose answer says nothing. */
const NAMELESS = new Set(["Error", "Unknown", "UnknownError"]);

/** What an SDK exception says, without the SDK's own advice on answers it could not read. */
function saidBy(error: SdkException): string | undefined {
  const message = presentable(error.message);
  if (message?.includes("inspect the hidden field")) {
    const status = error.$metadata?.httpStatusCode;
    return `The answer${status ? ` (HTTP status ${status})` : ""} is not Bedrock's: a proxy or another server gave it`;
  }
  return message && !NAMELESS.has(message) ? message : presentable(error.Message);
}

interface SdkException extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  /** Refusals of IAM and of bearer tokens spell `Message` with a capital. */
  readonly Message?: string;
}

/** The shape of errors of packages that may not import this one (aws-auth). */
function hasKind(error: Error): error is Error & { kind: ErrorKind; problem: string; fix: string | undefined } {
  return "kind" in error && typeof error.kind === "string" && "problem" in error && typeof error.problem === "string";
}

/** In the terms of the system's own messages, which hosts look for to say what failed. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused, nothing listens there",
  ECONNRESET: "connection reset by the other side",
  ENOTFOUND: "no such host name in DNS",
  EAI_AGAIN: "the name server (DNS) did not answer",
  EHOSTUNREACH: "host is unreachable, no route to it",
  ENETUNREACH: "network is unreachable",
  ETIMEDOUT: "the connection timed out",
  EPIPE: "the connection was closed",
};

function networkError(error: Error, context: ErrorContext): BedrockError | undefined {
  const action = context.action ?? "The request";
  if (error.name === "AbortError")
    return new BedrockError({ kind: "aborted", problem: `${action} was aborted`, cause: error });
  const { code, message, hostname, address, port } = rootOf(error);
  const tls = code !== undefined && /CERT|TLS|SSL/u.test(code);
  const why =
    code && (UNREACHABLE[code] ?? (tls ? `TLS failed, ${presentable(message) ?? "no reason"} (${code})` : undefined));
  if (why) {
    const host = hostname ?? (address ? `${address}${port ? `:${port}` : ""}` : "the endpoint");
    const fix = tls
      ? "Let AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS name the certificate authority of your network, or check the endpoint (AWS_ENDPOINT_URL*)"
      : "Check the endpoint (AWS_ENDPOINT_URL*), the region, the network and proxy";
    return new BedrockError({
      kind: "unreachable",
      problem: `${action} could not reach ${host}: ${why}`,
      fix,
      cause: error,
    });
  }
  if (error.name === "TimeoutError") {
    return new BedrockError({
      kind: "timeout",
      problem: `${action} got no answer in time`,
      fix: "Try again later",
      cause: error,
    });
  }
  return undefined;
}

interface SystemError {
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly hostname?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
}

/** The innermost error with a system code: fetch and the openai client wrap it in `cause`, Node in `errors`. */
function rootOf(error: Error): SystemError {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    if ("code" in current && typeof current.code === "string" && /^E[A-Z_]+$|CERT|TLS|SSL/u.test(current.code)) {
      return current as SystemError;
    }
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return {};
}
