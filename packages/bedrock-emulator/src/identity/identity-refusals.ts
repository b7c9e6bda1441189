import { assumed, documented } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

const metadataPage = documented("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html");
const stsPage = documented("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html");
const oidcPage = documented("https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html");
const portalPage = documented(
  "https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html",
);

export const identityRefusal = refusalTable("Credentials", {
  "metadata-token-seconds": {
    refuses: "Metadata: a token for other than 1 to 21600 seconds.",
    provenance: metadataPage,
    says: () => "Bad Request",
  },
  "metadata-token": {
    refuses: "Metadata: a request without a token of version 2, or with one that is over.",
    provenance: metadataPage,
    says: () => "Unauthorized",
  },
  "metadata-role": {
    refuses: "Metadata: a role that the instance does not have.",
    provenance: metadataPage,
    says: () => "Not Found",
  },
  "container-token": {
    refuses: "Container: a request without its authorization token.",
    provenance: documented("https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html"),
    says: () => "The authorization token of the container is not valid.",
  },
  "sts-action": {
    refuses: "STS: an action that is none.",
    provenance: assumed,
    says: (action: string) => `Could not find operation ${action} for version 2011-06-15`,
  },
  "sts-unsigned": {
    refuses: "STS: a bearer token where a signature is wanted.",
    provenance: assumed,
    says: () => "Request is missing Authentication Token",
  },
  "sts-role": {
    refuses: "STS: the ARN of no role.",
    provenance: stsPage,
    says: (arn: string) => `${arn} is invalid`,
  },
  "sts-constraint": {
    refuses: "STS: a session name or a duration (900 to 43200 seconds) outside of its limits.",
    provenance: stsPage,
    says: (value: string, at: string, constraint: string) =>
      `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${constraint}`,
  },
  "sts-foreign-role": {
    refuses: "STS: a role of another account.",
    provenance: assumed,
    says: (accountId: string, arn: string) =>
      `User: arn:aws:iam::${accountId}:user/emulator is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
  },
  "sts-web-identity": {
    refuses: "STS: a web identity that is not known.",
    provenance: stsPage,
    says: () => "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
  },
  "sts-web-identity-expired": {
    refuses: "STS: a web identity that is over.",
    provenance: stsPage,
    says: (now: number, expires: number) =>
      `Token expired: current date/time ${now} must be before the expiration date/time ${expires}`,
  },
  "sso-parameters": {
    refuses: "SSO portal: a request without role or account.",
    provenance: portalPage,
    says: () => "role_name and account_id are required",
  },
  "sso-session": {
    refuses: "SSO portal: a session that is over.",
    provenance: portalPage,
    says: () => "Session token not found or invalid",
  },
  "sso-account": {
    refuses: "SSO portal: another account.",
    provenance: portalPage,
    says: () => "No access",
  },
  "oidc-parameter": {
    refuses: "SSO OIDC: a missing parameter.",
    provenance: oidcPage,
    says: (name: string) => `Missing required parameter: ${name}`,
  },
  "oidc-grant": {
    refuses: "SSO OIDC: another grant than refresh_token.",
    provenance: oidcPage,
    says: () => "The emulator has the grant refresh_token only",
  },
  "oidc-refresh-token": {
    refuses: "SSO OIDC: a refresh token that is not known or was used.",
    provenance: oidcPage,
    says: () => "Invalid refresh token provided",
  },
});
