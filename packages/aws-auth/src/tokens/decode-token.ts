/** What a short-term Bedrock API key says about itself: it is a presigned URL in base64. */
export interface DecodedToken {
  readonly region: string;
  readonly accessKeyId: string;
  readonly expiresAt: Date;
}

const PREFIX = "bedrock-api-key-";

/**
 * Reads region and end back from a short-term Bedrock API key; undefined for a long-term key and every other token.
 * https://github.com/aws/aws-bedrock-token-generator-js#token-format
 */
export function decodeToken(token: string): DecodedToken | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  const text = `https://${Buffer.from(token.slice(PREFIX.length), "base64").toString("utf8")}`;
  if (!URL.canParse(text)) return undefined;
  const { searchParams } = new URL(text);
  const scope = /^(?<accessKeyId>[^/]+)\/\d{8}\/(?<region>[a-z0-9-]+)\/bedrock\/aws4_request$/u.exec(
    searchParams.get("X-Amz-Credential") ?? "",
  )?.groups;
  const signedAt = parseBasicDate(searchParams.get("X-Amz-Date") ?? "");
  const seconds = Number(searchParams.get("X-Amz-Expires") ?? Number.NaN);
  const region = scope?.["region"];
  const accessKeyId = scope?.["accessKeyId"];
  if (!region || !accessKeyId || signedAt === undefined || !(seconds > 0)) return undefined;
  return { region, accessKeyId, expiresAt: new Date(signedAt + seconds * 1000) };
}

/** `20261104T101500Z` as milliseconds. */
function parseBasicDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/u.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}
