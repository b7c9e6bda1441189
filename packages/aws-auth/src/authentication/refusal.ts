/** Errors by which AWS says that the key or the session token is over, or no key at all (any more). */
const REFUSED_KEYS: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
]);

/** How Bedrock refuses an API key; it says `AccessDeniedException` of missing permissions too. */
const REFUSED_TOKEN = /\b(?:bearer|token|api key|authentication failed)\b/iu;

/**
 * Whether a service refused who asked, so that other credentials might help. Missing permissions, a wrong clock and a wrong
 * signature are no such refusals.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html
 */
export function isRefusal(error: Error): boolean {
  if (REFUSED_KEYS.has(error.name)) return true;
  const status = statusOf(error);
  return status === 401 || (status === 403 && error.name !== "InvalidSignatureException" && isTokenRefusal(error));
}

function isTokenRefusal({ name, message }: Error): boolean {
  return name !== "AccessDeniedException" || !/not authorized to perform/iu.test(message)
    ? REFUSED_TOKEN.test(message)
    : false;
}

function statusOf(error: Error): number | undefined {
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null) return undefined;
  const { $metadata } = error;
  return "httpStatusCode" in $metadata && typeof $metadata.httpStatusCode === "number"
    ? $metadata.httpStatusCode
    : undefined;
}
