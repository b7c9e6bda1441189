/** Longest part of a service's message that is passed on. */
const LIMIT = 1000;

/** Secrets that a service or a proxy may quote from the request. */
const SECRETS: readonly RegExp[] = [
  // A refused signature is explained with the canonical request, headers included.
  /\s*The Canonical String for this request should have been[\s\S]*$/iu,
  /(?<=x-amz-security-token\s*[:=]\s*"?)[^\s"&,]+/giu,
  /(?<=authorization\s*[:=]\s*"?)[^\n"]+?(?=["\n]|$)/giu,
  /(?<=\bBearer )[\w.~+/=-]{8,}/gu,
  /(?<=\bSignature=)[0-9a-f]+/giu,
  /\bbedrock-api-key-[\w+/=-]+/gu,
];

/**
 * A message of somebody else's as one short line: no secret it may quote, no control characters, at most 1,000 characters.
 * Undefined where there are no words in it.
 */
export function presentable(message: unknown): string | undefined {
  if (typeof message !== "string" && typeof message !== "number") return undefined;
  let text = String(message).slice(0, LIMIT * 8);
  for (const secret of SECRETS) text = text.replace(secret, secret === SECRETS[0] ? "" : "…");
  text = text
    .replace(/\p{Cc}\[[0-9;]*[A-Za-z]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (text.length > LIMIT) text = `${text.slice(0, LIMIT)}…`;
  return text === "" ? undefined : text;
}
