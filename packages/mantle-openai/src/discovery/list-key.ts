import type { AwsSession } from "@clawrock/aws-auth";

/** The key of a list: where it comes from and who asks; no secret in it. */
export function listKey(aws: AwsSession, auth: string): string {
  const place = [aws.endpoint("bedrock-mantle"), aws.regionOf("bedrock-mantle")];
  return JSON.stringify(["mantle-models", 1, ...place, auth, aws.sourceId()]);
}
