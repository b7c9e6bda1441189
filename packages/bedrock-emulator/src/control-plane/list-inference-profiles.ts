import { invalid, ServiceError } from "../http/service-error.ts";
import type { InferenceProfile } from "../models/profiles.ts";
import { controlRefusal } from "./control-refusals.ts";

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
    throw invalid(controlRefusal("profile-type", type));
  }
  const rows = profiles.filter((profile) => profile.type === type);
  const from = offsetOf(query.get("nextToken"));
  const to = from + pageSize(query.get("maxResults"), defaultPageSize);
  return {
    inferenceProfileSummaries: rows.slice(from, to),
    ...(to < rows.length && { nextToken: tokenOf(to) }),
  };
}

const identifierPattern =
  "(arn:aws(-[^:]+)?:bedrock:(|[0-9a-z-]{0,20}):(|[0-9]{12}):(inference-profile|application-inference-profile)/)?[a-zA-Z0-9-:.]+";

/** `GET /inference-profiles/{id or ARN}`. */
export function getInferenceProfile(profiles: readonly InferenceProfile[], identifier: string): InferenceProfile {
  if (!new RegExp(`^${identifierPattern}$`).test(identifier))
    throw invalid(controlRefusal("profile-id", identifier, identifierPattern));
  const found = profiles.find(
    (profile) => profile.inferenceProfileArn === identifier || profile.inferenceProfileId === identifier,
  );
  if (found) return found;
  throw new ServiceError("ResourceNotFoundException", controlRefusal("profile-missing"));
}

function pageSize(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  const bound = size > 1000 ? "less than or equal to 1000" : "greater than or equal to 1";
  throw invalid(controlRefusal("page-size", text, bound));
}

function tokenOf(offset: number): string {
  return Buffer.from(`page:${offset}`).toString("base64url");
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  const match = /^page:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"));
  if (!match) throw invalid(controlRefusal("page-token"));
  return Number(match[1]);
}
