import type { GuardrailConfig } from "./config.ts";

/**
 * The guardrail as HTTP headers, for InvokeModel and for the OpenAI-compatible route of bedrock-runtime (`/openai/v1`).
 * Mantle (`bedrock-mantle.<region>.api.aws`) takes none. `streamProcessingMode` has no header: see
 * `guardrailBody`.
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

/**
 * What InvokeModelWithResponseStream takes of a guardrail in its body, to be spread into it; nothing where no
 * `streamProcessingMode` is configured.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-streaming.html
 */
export function guardrailBody({
  streamProcessingMode,
}: GuardrailConfig): Record<string, { streamProcessingMode: string }> {
  if (!streamProcessingMode) return {};
  const mode = streamProcessingMode === "sync" ? "SYNCHRONOUS" : "ASYNCHRONOUS";
  return { "amazon-bedrock-guardrailConfig": { streamProcessingMode: mode } };
}
