export { AwsAuthError, type AwsAuthErrorInit, type AwsAuthErrorKind } from "./aws-auth-error.ts";
export { credentialMarker } from "./credentials/credential-marker.ts";
export { type DiagnoseOptions, diagnose } from "./doctor/diagnose.ts";
export {
  type DiagnosedEndpoint,
  type DiagnosedProblem,
  type Diagnosis,
  formatDiagnosis,
} from "./doctor/diagnosis.ts";
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
  SessionFetch,
  SharedRequestHandler,
} from "./types.ts";
