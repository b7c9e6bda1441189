import { assumed, documented } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

const api = "https://docs.aws.amazon.com/bedrock/latest/APIReference";

function violation(value: string, at: string, constraint: string): string {
  return `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: Member must ${constraint}`;
}

export const controlRefusal = refusalTable("Control plane", {
  "list-filter": {
    refuses: "ListFoundationModels: a filter outside of its enum.",
    provenance: documented(`${api}/API_ListFoundationModels.html`),
    says: (name: string, value: string, allowed: readonly string[]) =>
      violation(value, name, `satisfy enum value set: [${allowed.join(", ")}]`),
  },
  "foundation-model-arn": {
    refuses: "GetFoundationModel: an ARN that is none of a foundation model.",
    provenance: assumed,
    says: () => "The provided model identifier is invalid.",
  },
  "foundation-model-missing": {
    refuses: "GetFoundationModel: a model that is not there (404).",
    provenance: assumed,
    says: () => "Could not resolve the foundation model from the model identifier.",
  },
  "availability-id": {
    refuses: "GetFoundationModelAvailability: an id that is none; ARNs are not taken.",
    provenance: documented(`${api}/API_GetFoundationModelAvailability.html`),
    says: (id: string, pattern: string) => violation(id, "modelId", `satisfy regular expression pattern: ${pattern}`),
  },
  "availability-model": {
    refuses: "GetFoundationModelAvailability: a model that is not there.",
    provenance: assumed,
    says: () => "The provided model identifier is invalid.",
  },
  "profile-type": {
    refuses: "ListInferenceProfiles: a type outside of its enum.",
    provenance: documented(`${api}/API_ListInferenceProfiles.html`),
    says: (type: string) => violation(type, "typeEquals", "satisfy enum value set: [SYSTEM_DEFINED, APPLICATION]"),
  },
  "page-size": {
    refuses: "A list in pages: a page size outside of 1 to 1000.",
    provenance: documented(`${api}/API_ListInferenceProfiles.html`),
    says: (size: string, bound: string) => violation(size, "maxResults", `have value ${bound}`),
  },
  "page-token": {
    refuses: "A list in pages: a token that it did not give.",
    provenance: assumed,
    says: () => "The provided pagination token is invalid.",
  },
  "own-status": {
    refuses: "A list of the account's own models: a status outside of its enum.",
    provenance: documented(`${api}/API_ListProvisionedModelThroughputs.html`),
    says: (status: string, allowed: readonly string[]) =>
      violation(status, "statusEquals", `satisfy enum value set: [${allowed.join(", ")}]`),
  },
  "router-type": {
    refuses: "ListPromptRouters: a type outside of its enum.",
    provenance: documented(`${api}/API_ListPromptRouters.html`),
    says: (type: string) => violation(type, "type", "satisfy enum value set: [default, custom]"),
  },
  "profile-id": {
    refuses: "GetInferenceProfile: an identifier that is none.",
    provenance: documented(`${api}/API_GetInferenceProfile.html`),
    says: (id: string, pattern: string) =>
      violation(id, "inferenceProfileIdentifier", `satisfy regular expression pattern: ${pattern}`),
  },
  "profile-missing": {
    refuses: "GetInferenceProfile: a profile that is not there (404).",
    provenance: assumed,
    says: () => "The specified inference profile was not found.",
  },
  "guardrail-parameter": {
    refuses: "GetGuardrail: an identifier or a version that is none.",
    provenance: documented(`${api}/API_GetGuardrail.html`),
    says: (name: string, value: string, pattern: string) =>
      violation(value, name, `satisfy regular expression pattern: ${pattern}`),
  },
  "guardrail-absent": {
    refuses: "GetGuardrail: an id, version or region without such a guardrail (404).",
    provenance: assumed,
    says: (arn: string) => `The specified guardrail was not found: ${arn}`,
  },
  "guardrail-of-another-account": {
    refuses: "GetGuardrail: a guardrail of an account that does not share it (403).",
    provenance: documented(
      "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html",
    ),
    says: (accountId: string, arn: string) =>
      `User: arn:aws:iam::${accountId}:user/emulator is not authorized to perform: bedrock:GetGuardrail on resource: ${arn} because no resource-based policy allows the bedrock:GetGuardrail action`,
  },
});
