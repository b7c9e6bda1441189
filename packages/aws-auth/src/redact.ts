const HIDDEN = "[redacted]";

/** Shapes that are secret wherever they stand. `$1` is what may stay. */
const SECRET_SHAPES: readonly RegExp[] = [
  // Bedrock API keys: short-term ones are a base64 presigned URL, long-term ones begin with ABSK.
  /(bedrock-api-key-)[A-Za-z0-9+/=_&-]+/gu,
  /()\bABSK[A-Za-z0-9+/=]{20,}/gu,
  /(\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}/giu,
  // The password of a proxy, slashes in it and all.
  /(:\/\/[^\s/:@"']*:)[^\s@"']+(?=@)/gu,
  // Query parameters and the Authorization header of a signed request.
  /(\bX-Amz-(?:Security-Token|Signature)["']?\s*[=:]\s*["']?)[^&\s"',]+/giu,
  /(\bSignature=)[0-9a-f]{16,}/giu,
  // Named values, as environment lines, INI lines and JSON write them.
  /((?:aws_?)?secret_?access_?key["']?\s*[=:]\s*["']?)[^\s"',;}]+/giu,
  /((?:aws_?)?(?:session|security|bearer)_?token(?:_bedrock)?["']?\s*[=:]\s*["']?)[^\s"',;}]+/giu,
  /((?:access|refresh|id|security|metadata)[-_]?token["']?\s*[=:]\s*["']?)[^\s"',;}]+/giu,
  /(client_?secret["']?\s*[=:]\s*["']?)[^\s"',;}]+/giu,
  // Session tokens of STS begin so; they are long.
  /()\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=]{40,}/gu,
];

/** Secrets shorter than this are not searched for: they would tear ordinary words apart. */
const SHORTEST_SECRET = 8;

/**
 * Takes secrets out of a text that a person or a log will see: Bedrock API keys, bearer tokens, signatures, secret access
 * keys and session tokens by their shape or name, and every value of `secrets` by itself. Access key ids stay.
 */
export function redact(text: string, secrets: Iterable<string | undefined> = []): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === undefined || secret.length < SHORTEST_SECRET) continue;
    clean = clean.replaceAll(secret, HIDDEN).replaceAll(encodeURIComponent(secret), HIDDEN);
  }
  for (const shape of SECRET_SHAPES) clean = clean.replace(shape, `$1${HIDDEN}`);
  return clean;
}
