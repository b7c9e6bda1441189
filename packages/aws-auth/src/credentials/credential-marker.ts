import { type Environment, present } from "../environment.ts";

/**
 * Which credential marker an environment carries, in the order bearer, key pair, profile: the gate for switching Bedrock on
 * by itself. It says that credentials were meant, not that they work, nor which the AWS SDK would pick among them
 * (`AwsSession.describe()` says that). Never a key. Without an argument it is the process's environment.
 */
export function credentialMarker(env: Environment = process.env): "bearer" | "keys" | "profile" | undefined {
  if (present(env["AWS_BEARER_TOKEN_BEDROCK"])) return "bearer";
  if (present(env["AWS_ACCESS_KEY_ID"]) && present(env["AWS_SECRET_ACCESS_KEY"])) return "keys";
  if (present(env["AWS_PROFILE"])) return "profile";
  return undefined;
}
