import { invalid, ServiceError } from "../http/service-error.ts";
import type { InferenceProfile } from "../models/profiles.ts";
import { controlRefusal } from "./control-refusals.ts";
import { pageOf } from "./pages.ts";

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
  return pageOf("inferenceProfileSummaries", rows, query, defaultPageSize);
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
