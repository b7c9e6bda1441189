import { createHash } from "node:crypto";
import type { AwsSession } from "@clawrock/aws-auth";

/**
 * The key of a list: where it comes from and who asks. Of the identity only what does not rotate: a hash of a given bearer
 * token, the id of keys without an end, else the name of the source.
 */
export async function listKey(aws: AwsSession, auth: string): Promise<string> {
  const { kind, source } = aws.describe();
  return JSON.stringify([
    ...["mantle-models", 1, aws.endpoint("bedrock-mantle"), aws.region.name, auth, kind, source],
    await lastingIdentity(aws, kind),
  ]);
}

async function lastingIdentity(aws: AwsSession, kind: string): Promise<string | undefined> {
  if (kind === "bearer") {
    const { token } = await aws.bearerToken();
    return createHash("sha256").update(token).digest("hex");
  }
  if (kind !== "explicit" && kind !== "env") return undefined;
  const { accessKeyId, expiresAt } = await aws.identity();
  return expiresAt === undefined ? accessKeyId : undefined;
}
