import { invalid, ServiceError } from "../http/service-error.ts";
import type { InferenceProfile } from "../models/profiles.ts";

/**
 * `GET /inference-profiles`: pages of `maxResults` profiles, or of the size that the service chooses; without `type` only the
 * system-defined ones (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListInferenceProfiles.html).
 */
export function listInferenceProfiles(
  profiles: readonly InferenceProfile[],
  query: URLSearchParams,
  defaultPageSize: number,
): object {
  const type = query.get("type") ?? "SYSTEM_DEFINED";
  if (type !== "SYSTEM_DEFINED" && type !== "APPLICATION") {
    throw invalid(
      `1 validation error detected: Value '${type}' at 'typeEquals' failed to satisfy constraint: Member must satisfy enum value set: [SYSTEM_DEFINED, APPLICATION]`,
    );
  }
  const rows = profiles.filter((profile) => profile.type === type);
  const from = offsetOf(query.get("nextToken"));
  const to = from + pageSize(query.get("maxResults"), defaultPageSize);
  return {
    inferenceProfileSummaries: rows.slice(from, to),
    ...(to < rows.length && { nextToken: tokenOf(to) }),
  };
}

/** `GET /inference-profiles/{id or ARN}`. */
export function getInferenceProfile(profiles: readonly InferenceProfile[], identifier: string): InferenceProfile {
  if (
    !/^(arn:aws(-[^:]+)?:bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):(inference-profile|application-inference-profile)\/)?[a-zA-Z0-9-:.]+$/.test(
      identifier,
    )
  ) {
    throw invalid(
      `1 validation error detected: Value '${identifier}' at 'inferenceProfileIdentifier' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:aws(-[^:]+)?:bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):(inference-profile|application-inference-profile)/)?[a-zA-Z0-9-:.]+`,
    );
  }
  const found = profiles.find(
    (profile) => profile.inferenceProfileArn === identifier || profile.inferenceProfileId === identifier,
  );
  if (found) return found;
  throw new ServiceError("ResourceNotFoundException", "The specified inference profile was not found.");
}

function pageSize(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  const bound = size > 1000 ? "less than or equal to 1000" : "greater than or equal to 1";
  throw invalid(
    `1 validation error detected: Value '${text}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
  );
}

function tokenOf(offset: number): string {
  return Buffer.from(`page:${offset}`).toString("base64url");
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  const match = /^page:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"));
  if (!match) throw invalid("The provided pagination token is invalid.");
  return Number(match[1]);
}
