import type { ErrorKind, ServiceAnswer } from "./bedrock-error.ts";
import type { ErrorContext } from "./error-context.ts";

export interface ServiceRule {
  readonly kind: ErrorKind;
  matches(answer: ServiceAnswer): boolean;
  fix(context: ErrorContext, message: string): string | undefined;
}

type Fix = string | undefined | ((context: ErrorContext, message: string) => string);

/** By the words of the message: they tell more than the exception's name, which is ValidationException for most. */
function said(kind: ErrorKind, words: RegExp, fix: Fix): ServiceRule {
  return { kind, matches: ({ message }) => message !== undefined && words.test(straight(message)), fix: render(fix) };
}

/** The service writes apostrophes both ways. */
function straight(message: string): string {
  return message.replace(/[\u2018\u2019\u02BC]/gu, "'");
}

function named(kind: ErrorKind, names: RegExp, statuses: readonly number[], fix: Fix): ServiceRule {
  const matches = ({ name, status }: ServiceAnswer): boolean =>
    (name !== undefined && names.test(name)) || (status !== undefined && statuses.includes(status));
  return { kind, matches, fix: render(fix) };
}

function render(fix: Fix): ServiceRule["fix"] {
  return typeof fix === "function" ? fix : () => fix;
}

const REFRESH = "Renew the credentials (aws sso login, or a new AWS_BEARER_TOKEN_BEDROCK) and try again";
const MODEL_ACCESS = "Ask for access to the model in the Bedrock console of this account and region";
const SLOWER = "Wait a little, send fewer requests at once, or ask for a higher quota";
const PROFILE = ({ model, region, profiles = [] }: ErrorContext): string =>
  profiles.length > 0
    ? `Use an inference profile that contains it, such as ${profiles.join(" or ")}, as far as ${region ?? "your region"} lists it`
    : `Use an inference profile that contains ${model ?? "the model"}, for example the id with a geography in front (us., eu., global.), as listed in ${region ?? "your region"}`;

/** The policy that is missing, or the one that stands in the way, by the words of IAM. */
function allow(_: ErrorContext, message: string): string {
  const [, action, resource] = /to perform: ([\w:*-]+)(?: on resource: ([^\s"]+))?/u.exec(message) ?? [];
  if (action === undefined) return "Allow the action in the IAM policy of the identity in use";
  const what = resource ? `${action} on ${resource}` : action;
  if (/service control policy/u.test(message)) return `Ask who administers the organization: its policy denies ${what}`;
  if (/explicit deny/u.test(message)) return `Remove the explicit deny of ${what}`;
  return `Allow ${what} in the IAM policy of the identity in use`;
}

/** First match wins. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  said(
    "expired-credentials",
    /Signature (expired|not yet current)/iu,
    "Set this machine's clock: it differs from AWS's by more than five minutes",
  ),
  said("expired-credentials", /token (included in the request )?(is|has) expired|Bearer Token has expired/iu, REFRESH),
  named("expired-credentials", /^Expired(Token|Credentials)/u, [], REFRESH),
  said(
    "wrong-region",
    /Credential should be scoped to a valid region/iu,
    "Use the region of the endpoint you connect to",
  ),
  named(
    "invalid-credentials",
    /^(UnrecognizedClient|InvalidSignature|InvalidClientTokenId|MissingAuthenticationToken|IncompleteSignature)/u,
    [],
    "Check the access key and its secret, or the profile in use; AWS does not accept them",
  ),
  said(
    "invalid-credentials",
    /API Key is valid|invalid bearer token|invalid_api_key|scoped to correct service/iu,
    "Check AWS_BEARER_TOKEN_BEDROCK: AWS does not accept it",
  ),
  said(
    "invalid-request",
    /did not allow prompt caching/iu,
    "Ask without cache points (cacheRetention none): this model, or this request, cannot be cached",
  ),
  said("invalid-request", /doesn't support counting tokens/iu, "Count with the id of a Claude model from 3.5 on"),
  said(
    "quota-exhausted",
    /Too many (requests|tokens) per day|daily.{0,40}(quota|limit)/iu,
    "Wait for the daily quota to reset, raise it in Service Quotas, or use another model",
  ),
  said("not-on-demand", /on-demand throughput isn't supported/iu, PROFILE),
  said("model-access", /don't have access to the model|Marketplace|INVALID_PAYMENT_INSTRUMENT/iu, MODEL_ACCESS),
  said(
    "model-access",
    /use case details have not been submitted/iu,
    "Fill out the use case form of the provider in the Bedrock console, then wait 15 minutes",
  ),
  said(
    "access-denied",
    /^Operation not allowed|account is not authorized to invoke this API/iu,
    "Ask AWS Support: this account may not call Bedrock, whatever its policies say",
  ),
  said("model-access", /marked by provider as Legacy/iu, "Change to an active model"),
  said("model-not-found", /reached the end of its life/iu, "Change to an active model"),
  said(
    "model-not-found",
    /model identifier is invalid|\bmodel ['"`].{0,200}does not exist/iu,
    ({ model, region }) =>
      `Check the id ${model ? `"${model}" ` : ""}and that ${region ? `${region}, the region asked,` : "the region"} offers it`,
  ),
  said(
    "context-overflow",
    /prompt is too long|exceed context limit|Input is too long|maximum context length|context_length_exceeded|Too many input tokens/iu,
    "Shorten the conversation or use a model with a larger context window",
  ),
  said(
    "invalid-request",
    /isn't supported on this route|does not support the '.*' API/iu,
    "Use the API and route that serve this model",
  ),
  said(
    "invalid-request",
    /guardrail identifier/iu,
    "Check guardrailIdentifier and guardrailVersion, and that the guardrail is in this region",
  ),
  named("throttled", /^(Throttling|TooManyRequests)/u, [], SLOWER),
  said("throttled", /Too many (requests|tokens)/iu, SLOWER),
  named(
    "overloaded",
    /^(ServiceUnavailable|ModelNotReady|Internal|internal|ModelStreamError|ModelError)/u,
    [500, 502, 503, 504, 424],
    "Try again later",
  ),
  named("timeout", /^ModelTimeout|^TimeoutError/u, [408], "Try again, with a shorter request if it persists"),
  named("throttled", /^$/u, [429], SLOWER),
  said("access-denied", /not authorized to perform|AccessDenied/iu, allow),
  named(
    "access-denied",
    /^AccessDenied/u,
    [401, 403],
    "Check the permissions of the identity in use (bedrock:InvokeModel*, bedrock:ListFoundationModels)",
  ),
  named(
    "no-credentials",
    /^CredentialsProviderError/u,
    [],
    "Run `aws configure` or `aws sso login`, or set AWS_BEARER_TOKEN_BEDROCK",
  ),
  named("model-not-found", /^ResourceNotFound/u, [404], "Check the id and the region"),
  named("invalid-request", /^Validation/u, [400, 413, 422], undefined),
  named(
    "protocol",
    /^$/u,
    [300, 301, 302, 303, 307, 308],
    "Check the endpoint (AWS_ENDPOINT_URL*) and the proxy: it redirects, and redirects are not followed",
  ),
  named("unreachable", /^$/u, [407], "Give the proxy's user and password in HTTPS_PROXY"),
  said("protocol", /is not Bedrock's: a proxy/iu, "Check the endpoint (AWS_ENDPOINT_URL*) and the proxy"),
];
