import type { AwsSession } from "@clawrock/aws-auth";
import { BedrockError } from "@clawrock/conversation";

/**
 * Asks AWS which models an inference profile leads to: their ARNs. The SDK's control-plane client is loaded here, so that
 * only callers of opaque profiles pay for it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html
 *
 * @param aws - a view in the profile's region
 */
export async function lookUpProfile(aws: AwsSession, arn: string, signal: AbortSignal): Promise<readonly string[]> {
  const { BedrockClient, GetInferenceProfileCommand } = await import("@aws-sdk/client-bedrock");
  const client = new BedrockClient(aws.clientConfig("bedrock"));
  const command = new GetInferenceProfileCommand({ inferenceProfileIdentifier: arn });
  const { models = [] } = await client.send(command, { abortSignal: signal });
  const targets = models.flatMap(({ modelArn }) => (modelArn ? [modelArn] : []));
  if (targets.length > 0) return targets;
  const problem = `GetInferenceProfile names no model behind ${arn}`;
  throw new BedrockError({ kind: "protocol", problem, fix: "Check the profile in the Bedrock console" });
}
