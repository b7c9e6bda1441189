import { assumed, recorded, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const authRefusal = refusalTable("Callers", {
  "credentials-missing": {
    refuses: "A request without credentials.",
    provenance: assumed,
    says: () => "Missing Authentication Token",
  },
  "authorization-part-missing": {
    refuses: "An authorization header without one of its parts.",
    provenance: assumed,
    says: (name: string) => `Authorization header requires '${name}' parameter.`,
  },
  "credential-scope": {
    refuses: "A credential without a scope of five parts.",
    provenance: assumed,
    says: () => "Authorization header requires a credential scope of five parts.",
  },
  "date-missing": {
    refuses: "A signed request without its date.",
    provenance: assumed,
    says: () => "Authorization header requires existence of 'X-Amz-Date' header.",
  },
  "unknown-key": {
    refuses: "An access key that is not known.",
    provenance: reported("Arize-ai/openinference#2358"),
    says: () => "The security token included in the request is invalid.",
  },
  "unknown-session-token": {
    refuses: "A session token that is not the key's.",
    provenance: reported("Arize-ai/openinference#2358"),
    says: () => "The security token included in the request is invalid.",
  },
  "session-expired": {
    refuses: "Temporary credentials whose time is over.",
    provenance: reported("semantic-router#293"),
    says: () => "The security token included in the request is expired",
  },
  "request-old": {
    refuses: "A request that is more than five minutes old.",
    provenance: recorded,
    says: (signed: string, earliest: string, now: string) =>
      `Signature expired: ${signed} is now earlier than ${earliest} (${now} - 5 min.)`,
  },
  "request-early": {
    refuses: "A request that is more than five minutes early.",
    provenance: assumed,
    says: (signed: string, latest: string, now: string) =>
      `Signature not yet current: ${signed} is still later than ${latest} (${now} + 5 min.)`,
  },
  "signature-mismatch": {
    refuses: "A signature that does not hold, for the body or any signed header.",
    provenance: reported("BerriAI/litellm#14763"),
    says: () =>
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
  },
  "signature-service": {
    refuses: "A signature for another service.",
    provenance: reported("BerriAI/litellm#31476"),
    says: (service: string) => `Credential should be scoped to correct service: '${service}'.`,
  },
  "signature-region": {
    refuses: "A signature for another region.",
    provenance: assumed,
    says: () => "Credential should be scoped to a valid region.",
  },
  "api-key-unknown": {
    refuses: "An unknown or changed API key, or one minted for another region.",
    provenance: reported("open-science#53"),
    says: () => "Authentication failed: Please make sure your API Key is valid.",
  },
  "api-key-expired": {
    refuses: "An API key whose time is over.",
    provenance: assumed,
    says: () => "Bearer Token has expired",
  },
  "mantle-api-key": {
    refuses: "Mantle: an API key that is unknown, missing or over.",
    provenance: reported("NousResearch/hermes-agent#87190"),
    says: () => "Invalid bearer token",
  },
  "policy-denied": {
    refuses: "An action that no identity policy allows (by fault or option).",
    provenance: reported("test-infra#5721"),
    says: (text: string) => text,
  },
  "organization-denied": {
    refuses: "An action that a service control policy denies (by option).",
    provenance: reported("test-infra#5721"),
    says: (text: string) => text,
  },
});
