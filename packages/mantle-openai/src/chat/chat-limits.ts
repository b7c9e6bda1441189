import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ChatCompletionCreateParams } from "openai/resources/chat/completions";

export interface Limits {
  readonly maxTokens?: number | undefined;
  readonly temperature?: number | undefined;
  /** Whether the request switches reasoning on. */
  readonly reasons: boolean;
}

/**
 * Length and temperature of the answer. `maxTokens` is cut to the model's own maximum where that is known; a temperature
 * is left out where the model refuses it.
 */
export function chatLimits(
  { maxTokens, temperature, reasons }: Limits,
  { sampling, maxOutputTokens }: ModelCapabilities,
): Pick<ChatCompletionCreateParams, "max_completion_tokens" | "temperature"> {
  const takesTemperature = sampling.value.temperature && (!reasons || sampling.value.whileThinking);
  return {
    ...(maxTokens !== undefined && {
      max_completion_tokens: Math.min(maxTokens, maxOutputTokens?.value ?? maxTokens),
    }),
    ...(temperature !== undefined && takesTemperature && { temperature }),
  };
}
