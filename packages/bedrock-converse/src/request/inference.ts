import type { InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime";
import { BedrockError } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ConverseRequest } from "../types.ts";
import type { ThinkingFields } from "./thinking.ts";

/**
 * The `inferenceConfig`, with only what the model accepts now. Undefined when nothing is left to say.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InferenceConfiguration.html
 *
 * @throws BedrockError of kind `invalid-request` for figures outside the service's limits
 */
export function inferenceConfig(
  request: ConverseRequest,
  thinking: ThinkingFields,
  capabilities: ModelCapabilities,
): InferenceConfiguration | undefined {
  const sampling = capabilities.sampling.value;
  const config: InferenceConfiguration = {};
  const maxTokens = maxTokensOf(request, thinking, capabilities);
  if (maxTokens !== undefined) config.maxTokens = maxTokens;
  const temperature = within("temperature", request.temperature);
  const topP = within("topP", request.topP);
  if (!thinking.noSampling) {
    if (temperature !== undefined && sampling.temperature) config.temperature = temperature;
    if (topP !== undefined && sampling.topP && (sampling.both || config.temperature === undefined)) config.topP = topP;
  }
  const stops = request.stopSequences?.filter((stop) => stop !== "") ?? [];
  if (stops.length > 0 && sampling.stopSequences) config.stopSequences = stops;
  return Object.keys(config).length > 0 ? config : undefined;
}

function maxTokensOf(
  request: ConverseRequest,
  thinking: ThinkingFields,
  capabilities: ModelCapabilities,
): number | undefined {
  const asked = request.maxTokens;
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1)) {
    throw new BedrockError({
      kind: "invalid-request",
      problem: `maxTokens is ${asked}`,
      fix: "Give a whole number of at least 1",
    });
  }
  if (thinking.maxTokens === "unset") return undefined;
  if (thinking.maxTokens !== undefined) return thinking.maxTokens;
  const most = capabilities.maxOutputTokens?.value;
  return asked !== undefined && most !== undefined ? Math.min(asked, most) : asked;
}

function within(name: string, value: number | undefined): number | undefined {
  if (value === undefined || (value >= 0 && value <= 1)) return value;
  throw new BedrockError({ kind: "invalid-request", problem: `${name} is ${value}`, fix: "Give a number from 0 to 1" });
}
