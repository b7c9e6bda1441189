import type { GuardrailConfig, GuardrailTrace, StreamProcessingMode } from "./config.ts";

/** Converse's `guardrailConfig`; assignable to the AWS SDK's `GuardrailConfiguration`. */
export interface ConverseGuardrail {
  guardrailIdentifier: string;
  guardrailVersion: string;
  trace?: GuardrailTrace;
}

/** ConverseStream's `guardrailConfig`; assignable to the AWS SDK's `GuardrailStreamConfiguration`. */
export interface ConverseStreamGuardrail extends ConverseGuardrail {
  streamProcessingMode?: StreamProcessingMode;
}

/**
 * The `guardrailConfig` of a Converse request. Only what was configured is sent; `streamProcessingMode` is not a field of
 * Converse and is left out.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailConfiguration.html
 */
export function guardrailConfig(config: GuardrailConfig): ConverseGuardrail {
  const { guardrailIdentifier, guardrailVersion, trace } = config;
  return { guardrailIdentifier, guardrailVersion, ...(trace && { trace }) };
}

/**
 * The `guardrailConfig` of a ConverseStream request. Only what was configured is sent.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailStreamConfiguration.html
 */
export function guardrailStreamConfig(config: GuardrailConfig): ConverseStreamGuardrail {
  const { streamProcessingMode } = config;
  return { ...guardrailConfig(config), ...(streamProcessingMode && { streamProcessingMode }) };
}
