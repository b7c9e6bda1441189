import type { GuardrailConfig } from "./config.ts";

/**
 * The guardrail as HTTP headers, for InvokeModel and for the OpenAI-compatible route of bedrock-runtime (`/openai/v1`).
 * Mantle (`bedrock-mantle.<region>.api.aws`) takes none. `streamProcessingMode` has no header: InvokeModel reads it from
 * its body.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
 */
export function guardrailHeaders(config: GuardrailConfig): Record<string, string> {
  return {
    "X-Amzn-Bedrock-GuardrailIdentifier": config.guardrailIdentifier,
    "X-Amzn-Bedrock-GuardrailVersion": config.guardrailVersion,
    ...(config.trace && { "X-Amzn-Bedrock-Trace": config.trace.toUpperCase() }),
  };
}
