/**
 * The event payloads of ConverseStream as they stand in the JSON, in the parts that are read here. `redactedContent` is
 * base64 in the JSON and bytes when the SDK decoded it.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
export interface ContentBlockStart {
  readonly contentBlockIndex?: number | undefined;
  readonly start?:
    | {
        readonly toolUse?:
          | {
              readonly toolUseId?: string | undefined;
              readonly name?: string | undefined;
              readonly type?: string | undefined;
            }
          | undefined;
        readonly toolResult?: { readonly toolUseId?: string | undefined } | undefined;
      }
    | undefined;
}

export interface ContentBlockDelta {
  readonly contentBlockIndex?: number | undefined;
  readonly delta?:
    | {
        readonly text?: string | undefined;
        readonly toolUse?: { readonly input?: unknown } | undefined;
        readonly citation?: unknown;
        readonly toolResult?: readonly unknown[] | undefined;
        readonly reasoningContent?:
          | {
              readonly text?: string | undefined;
              readonly signature?: string | undefined;
              readonly redactedContent?: string | Uint8Array | undefined;
            }
          | undefined;
      }
    | undefined;
}

export interface StopEvent {
  readonly stopReason?: unknown;
  readonly additionalModelResponseFields?: unknown;
}

export interface TokenUsage {
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly totalTokens?: number | undefined;
  readonly cacheReadInputTokens?: number | undefined;
  readonly cacheWriteInputTokens?: number | undefined;
  readonly cacheDetails?:
    | readonly { readonly ttl?: string | undefined; readonly inputTokens?: number | undefined }[]
    | undefined;
}

export interface ConverseMetadata {
  readonly usage?: TokenUsage | undefined;
  readonly serviceTier?: { readonly type?: unknown } | undefined;
  readonly metrics?: { readonly latencyMs?: number | undefined } | undefined;
  readonly trace?: { readonly guardrail?: unknown } | undefined;
}
