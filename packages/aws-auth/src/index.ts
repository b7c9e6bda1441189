export { AwsAuthError, type AwsAuthErrorInit, type AwsAuthErrorKind } from "./aws-auth-error.ts";
export { credentialMarker } from "./credentials/credential-marker.ts";
export { type AwsHost, parseAwsHost } from "./endpoints/aws-host.ts";
export { redact } from "./redact.ts";
export { awsSession } from "./session.ts";
export type {
  AwsClientConfig,
  AwsSession,
  AwsSessionOptions,
  AwsViewOptions,
  BearerToken,
  BedrockService,
  ConnectionOptions,
  CredentialDescription,
  ResolvedRegion,
  SharedRequestHandler,
} from "./types.ts";
