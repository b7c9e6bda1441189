import { BedrockClient, GetFoundationModelAvailabilityCommand } from "@aws-sdk/client-bedrock";
import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError, toBedrockError } from "@clawrock/conversation";
import { type AccessAnswer, readAvailability } from "./read-availability.ts";

const ACTION = "GetFoundationModelAvailability";

/** @throws BedrockError, which names the permission where that is what is missing. */
export async function getAvailability(
  aws: AwsSession,
  modelId: string,
  abortSignal: AbortSignal,
): Promise<AccessAnswer> {
  const region = aws.region.name;
  try {
    // Its destruction would close nothing: the connections are the session's.
    const client = new BedrockClient(aws.clientConfig("bedrock"));
    const answer = await client.send(new GetFoundationModelAvailabilityCommand({ modelId }), { abortSignal });
    return readAvailability(answer, region);
  } catch (thrown) {
    const error = toBedrockError(thrown, { action: ACTION, region });
    if (error.kind !== "access-denied") throw error;
    const { kind, problem, service } = error;
    const fix = `Allow bedrock:${ACTION} for the identity in use`;
    throw new BedrockError({ kind, problem, fix, service, cause: error });
  }
}
